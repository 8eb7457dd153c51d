using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;
using Trainyard.Pipelines;

namespace Trainyard.Cli;

/// <summary>What a person sees while steps run: a live table on a terminal, a line a step elsewhere.</summary>
internal sealed class RunView(TextWriter output, bool isTerminal)
{
    private readonly IAnsiConsole _console = AnsiConsole.Create(
        new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) }
    );

    /// <summary>Runs the steps of a run, one after the other, and shows how far they are.</summary>
    /// <param name="title">What the run is called.</param>
    /// <param name="steps">The steps in order.</param>
    /// <param name="run">Does a step; its second argument is to be called with the rows done so far.</param>
    public async Task ShowAsync(
        string title,
        IReadOnlyList<StepName> steps,
        Func<StepName, Action<long>, Task<StepResult?>> run
    )
    {
        _console.MarkupLineInterpolated($"[bold]{title}[/]");
        var lines = steps.Select(step => new Line(step)).ToList();
        if (!isTerminal)
        {
            foreach (var line in lines)
            {
                await line.RunAsync(run);
                await output.WriteLineAsync(line.Text());
            }

            return;
        }

        await _console
            .Live(Render(lines))
            .StartAsync(async live =>
            {
                foreach (var line in lines)
                {
                    var work = line.RunAsync(run);
                    while (await Task.WhenAny(work, Task.Delay(100)) != work)
                    {
                        live.UpdateTarget(Render(lines));
                    }

                    await work;
                    live.UpdateTarget(Render(lines));
                }
            });
    }

    private static Rows Render(IEnumerable<Line> lines) =>
        new(lines.Select(line => (IRenderable)new Text(line.Text())));

    private sealed class Line(StepName step)
    {
        private readonly System.Diagnostics.Stopwatch _watch = new();
        private long _rows;
        private StepResult? _result;
        private bool _skipped;

        public async Task RunAsync(Func<StepName, Action<long>, Task<StepResult?>> run)
        {
            _watch.Start();
            _result = await run(step, rows => Interlocked.Exchange(ref _rows, rows));
            _watch.Stop();
            _skipped = _result is null;
        }

        public string Text()
        {
            var rows = _result?.Manifest is { } manifest ? Count(manifest) : Interlocked.Read(ref _rows);
            var state =
                _skipped ? "skipped"
                : _result is null
                    ? _watch.IsRunning ? "running"
                        : ""
                : _result.Sentence is not null ? $"failed with code {(int)_result.Code}"
                : _result.AlreadyDone ? "done already"
                : _result.Code == ExitCode.NothingToDo ? "nothing to do"
                : "done";
            var count = rows > 0 ? rows.ToString("N0", CultureInfo.InvariantCulture) + " rows" : "";
            return string.Create(
                    CultureInfo.InvariantCulture,
                    $"  {EnumText.Of(step), -9}{count, 16}{_watch.Elapsed.TotalSeconds, 8:0.0} s  {state}"
                )
                .TrimEnd();
        }

        private static long Count(Stores.Manifest manifest) => manifest.Dataset?.Rows ?? 0;
    }
}
