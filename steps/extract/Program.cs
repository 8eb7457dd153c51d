using Trainyard.Hosting;
using Trainyard.Pipelines;
using Trainyard.Steps.Extract;

return await StepProgram.RunAsync(
    args,
    new Step
    {
        Name = StepName.Extract,
        Summary =
            "Reads a run's rows from the warehouse into the store, and freezes what the run is: its kind, "
            + "as-of, definition and model.",
        Settings =
        [
            ExtractSettings.Kind,
            CommonSettings.Warehouse,
            ExtractSettings.Model,
            ExtractSettings.Limit,
            ExtractSettings.PartBytes,
            CommonSettings.Compress,
            ExtractSettings.StatementTimeout,
            ExtractSettings.LookAgain,
            ExtractSettings.FolderHash,
        ],
        RunAsync = ExtractStep.RunAsync,
        CheckAsync = StandingRun.CheckAsync,
        AskedFor = RunPlan.AskedFor,
    }
);
