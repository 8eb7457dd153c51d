using Trainyard.Hosting;
using Trainyard.Pipelines;
using Trainyard.Steps.Report;

return await StepProgram.RunAsync(
    args,
    new Step
    {
        Name = StepName.Report,
        Summary =
            "Draws what a run's manifests, its model's card and its summary hold as one HTML file that needs "
            + "no network.",
        Commands = [CompareCommand.Create()],
        RunAsync = ReportStep.RunAsync,
    }
);
