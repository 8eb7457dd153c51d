using Trainyard.Hosting;
using Trainyard.Pipelines;
using Trainyard.Steps.Score;

return await StepProgram.RunAsync(
    args,
    new Step
    {
        Name = StepName.Score,
        Summary =
            "Scores the features with the model the run was frozen with, and publishes the predictions in the "
            + "warehouse in one transaction.",
        Settings = [ScoreSettings.Warehouse, ScoreSettings.Shard, ScoreSettings.Publish, CommonSettings.Compress],
        Commands = [VerifyCommand.Create(), ExportCommand.Create()],
        ManifestOf = ScoreSettings.ManifestOf,
        RunAsync = ScoreStep.RunAsync,
    }
);
