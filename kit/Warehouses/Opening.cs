using System.Diagnostics;
using Polly;
using Polly.Retry;

namespace Trainyard.Warehouses;

/// <summary>Waits for a warehouse that another process has at the moment, or that is just starting.</summary>
internal static class Opening
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    /// <param name="open">One attempt.</param>
    /// <param name="mayPass">Whether an attempt that failed so may succeed later.</param>
    /// <param name="patience">How long to go on trying; then the last attempt's exception is thrown.</param>
    public static async Task<T> TryAsync<T>(
        Func<T> open,
        Func<Exception, bool> mayPass,
        TimeSpan patience,
        CancellationToken cancel
    )
    {
        var watch = Stopwatch.StartNew();
        var retry = new RetryStrategyOptions
        {
            Delay = Pause,
            MaxRetryAttempts = int.MaxValue,
            ShouldHandle = attempt =>
                ValueTask.FromResult(
                    attempt.Outcome.Exception is { } error && watch.Elapsed < patience && mayPass(error)
                ),
        };
        return await new ResiliencePipelineBuilder()
            .AddRetry(retry)
            .Build()
            .ExecuteAsync(async stop => await Task.Run(open, stop).WaitAsync(stop), cancel);
    }
}
