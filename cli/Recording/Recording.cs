using Trainyard.Hosting;
using Trainyard.Stores;
using Trainyard.Warehouses;

namespace Trainyard.Cli;

/// <summary>Writes into the warehouse how a run has ended.</summary>
internal static class Recording
{
    /// <summary>How long a run that is being stopped may take for it.</summary>
    private static readonly TimeSpan WhenStopped = TimeSpan.FromSeconds(2);

    public static async Task<RunRecord> RunAsync(
        IStore store,
        RunStory story,
        string warehouseUri,
        DateTimeOffset now,
        CancellationToken cancel
    )
    {
        var record = await new RunRecords(store, story.Run.Pipeline).OfAsync(story, now, cancel);
        await using var warehouse = Warehouse.Open(
            warehouseUri,
            new WarehouseOptions { ApplicationName = $"trainyard record {story.Run.Run}" }
        );
        await warehouse.RecordAsync(record, cancel);
        return record;
    }

    /// <summary>The same at the end of <c>trainyard run</c>, whose own end it does not change.</summary>
    public static async Task TryAsync(
        Invocation invocation,
        RunFolder run,
        RunRequest request,
        CancellationToken cancel
    )
    {
        if (request.TrialLimit is not null)
        {
            return;
        }

        using var limit = new CancellationTokenSource();
        if (cancel.IsCancellationRequested)
        {
            limit.CancelAfter(WhenStopped);
        }

        using var either = cancel.IsCancellationRequested
            ? CancellationTokenSource.CreateLinkedTokenSource(limit.Token)
            : CancellationTokenSource.CreateLinkedTokenSource(cancel);
        try
        {
            var story = await new RunStories(run.Store, run.Pipeline).ReadAsync(run.Run, either.Token);
            if (story.IsThere)
            {
                await RunAsync(run.Store, story, request.Warehouse, invocation.Time.GetUtcNow(), either.Token);
            }
        }
        catch (Exception problem) when (problem is not OutOfMemoryException)
        {
            invocation.Warn(
                $"How run '{run.Run}' has ended is not written down in the warehouse: "
                    + $"{Failures.OutlineOf(problem)} 'trainyard record {run.Pipeline} {run.Run}' does it."
            );
        }
    }
}
