using Trainyard.Hosting;
using Trainyard.Sample.Flights;
using Trainyard.Sample.Rentals;

return await ConsoleProgram.RunAsync(
    args,
    new Command
    {
        Name = "sample",
        Summary = "Fills a warehouse with data to try Trainyard on.",
        Commands = [FlightsCommand.Create(), RentalsCommand.Create()],
    }
);
