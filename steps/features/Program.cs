using Trainyard.Hosting;
using Trainyard.Pipelines;
using Trainyard.Steps.Features;

return await StepProgram.RunAsync(
    args,
    new Step
    {
        Name = StepName.Features,
        Summary = "Computes the features of each row from that row alone, part by part, and profiles every column.",
        Settings = [CommonSettings.Compress],
        RunAsync = FeaturesStep.RunAsync,
    }
);
