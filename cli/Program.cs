using Trainyard.Cli;
using Trainyard.Hosting;

return await ConsoleProgram.RunAsync(
    args,
    new Command
    {
        Name = "trainyard",
        Summary = "Runs pipelines on this machine, and answers a person's questions about them.",
        Commands =
        [
            RunCommand.Create(),
            ValidateCommand.Create(),
            SpecCommand.Create(),
            PlanCommand.Create(),
            RunsCommand.Create(),
            ShowCommand.Create(),
            RecordCommand.Create(),
            CheckCommand.Create(),
            VerifyCommand.Create(),
            ExportCommand.Create(),
            TryCommand.Create(),
            CompareCommand.Create(),
            PromoteCommand.Create(),
            RollbackCommand.Create(),
            GcCommand.Create(),
            MigrateCommand.Create(),
            SchemaCommand.Create(),
        ],
    }
);
