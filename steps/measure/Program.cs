using Trainyard.Hosting;
using Trainyard.Pipelines;
using Trainyard.Steps.Measure;

return await StepProgram.RunAsync(
    args,
    new Step
    {
        Name = StepName.Measure,
        Summary =
            "Holds what was published against the labels that have arrived since, and writes labels and figures into "
            + "the warehouse in one transaction.",
        Settings = [CommonSettings.Warehouse],
        RunAsync = MeasureStep.RunAsync,
    }
);
