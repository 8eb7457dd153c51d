using Trainyard.Hosting;
using Trainyard.Pipelines;
using Trainyard.Steps.Train;
using Trainyard.Steps.Train.Tries;

return await StepProgram.RunAsync(
    args,
    new Step
    {
        Name = StepName.Train,
        Summary =
            "Learns a model from the features, measures it on rows it has not learned, packages it, and "
            + "promotes it or says why not.",
        Settings = [TrainSettings.Promote],
        Commands = [TryCommand.Create(), CompareCommand.Create(), LookCommand.Create()],
        RunAsync = TrainStep.RunAsync,
    }
);
