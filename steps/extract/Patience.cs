using Trainyard.Hosting;
using Trainyard.Pipelines;

namespace Trainyard.Steps.Extract;

/// <summary>A run that is held back ends with 76, and whoever has started the step does so again in a few minutes; or
/// the step waits itself where it was told to, with no connection open and nothing in the store.</summary>
internal static class Patience
{
    /// <param name="read">Reads all rows; 76 where they may not be there yet, and 75 where that was too long
    /// ago.</param>
    public static async Task<StepOutcome> WaitAsync(
        StepContext context,
        DateTimeOffset deadline,
        Func<Task<StepOutcome>> read,
        CancellationToken cancel
    )
    {
        var pause = context.Get(ExtractSettings.LookAgain);
        while (true)
        {
            try
            {
                return await read();
            }
            catch (Fault held) when (held.Code == ExitCode.NotThereYet && pause > TimeSpan.Zero)
            {
                context.Warn(Changes.WithoutClaims(held.Message));
            }

            context.Progress.Start($"Waiting for rows, until {RowChecks.Text(deadline)} at the latest");
            var left = deadline - context.Time.GetUtcNow();
            if (left > TimeSpan.Zero)
            {
                await Task.Delay(left < pause ? left : pause, context.Time, cancel);
            }
        }
    }
}
