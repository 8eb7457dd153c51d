using System.Diagnostics;
using Trainyard.Trainers.LightGbm.Native;

namespace Trainyard.Tests.Trainers;

/// <summary>What a step prints is its log; nobody else writes between its lines.</summary>
public sealed class NativeLogTests
{
    private const string Warning = "Met categorical feature which contains sparse values";

    [Fact]
    public async Task A_fit_with_warnings_prints_nothing()
    {
        // Of a process of its own: what native code prints does not pass through Console.
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            RedirectStandardOutput = true,
            ArgumentList =
            {
                typeof(NativeLogTests).Assembly.Location,
                "-noLogo",
                "-noColor",
                "-explicit",
                "only",
                "-method",
                $"{typeof(NativeLogTests).FullName}.{nameof(Warnings_are_heard_on_every_thread)}",
            },
        };
        using var child = Process.Start(start)!;
        var printed = await child.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await child.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(child.ExitCode == 0, printed);
        Assert.Contains("Total: 1,", printed, StringComparison.Ordinal);
        Assert.DoesNotContain("LightGBM", printed, StringComparison.Ordinal);
        Assert.DoesNotContain(Warning, printed, StringComparison.Ordinal);
    }

    [Fact(Explicit = true)]
    public void Warnings_are_heard_on_every_thread()
    {
        foreach (var _ in Enumerable.Range(0, 2))
        {
            var heard = new List<string>();
            var thread = new Thread(() => Fit(heard));
            thread.Start();
            thread.Join();

            Assert.Equal(4, heard.Count(line => line.Contains(Warning, StringComparison.Ordinal)));
            Assert.Contains(heard, line => line.Contains("no meaningful features", StringComparison.Ordinal));
            Assert.All(heard, line => Assert.StartsWith("[LightGBM] [Warning] ", line, StringComparison.Ordinal));
        }
    }

    private static void Fit(List<string> heard)
    {
        using var listening = NativeLog.Listen(heard.Add);
        // Four columns of levels, so that each thread would have something to say.
        double[] levels = [.. Enumerable.Range(0, 1000).Select(row => row % 3 * 10_000.0)];
        using var sparse = NativeDataset.Create(
            [.. Enumerable.Repeat(InputColumn.Of(levels), 4)],
            new BinningOptions { Categorical = [0, 1, 2, 3], Threads = 2 }
        );
        using var constant = NativeDataset.Create([InputColumn.Of(new double[1000])], new BinningOptions());
        foreach (var dataset in new[] { sparse, constant })
        {
            dataset.SetLabels([.. levels]);
            _ = Boosting.Fit(
                dataset,
                null,
                new BoostingOptions { Objective = BoostingObjective.Regression, Rounds = 2 }
            );
        }
    }
}
