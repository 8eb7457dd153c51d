using Trainyard.Hosting;
using Trainyard.Sample.Flights;
using Trainyard.Sample.Orders;
using Trainyard.Sample.Payments;
using Trainyard.Sample.Rentals;
using Trainyard.Sample.Tables;

return await ConsoleProgram.RunAsync(
    args,
    new Command
    {
        Name = "sample",
        Summary = "Fills a warehouse with data to try Trainyard on.",
        Commands =
        [
            FlightsCommand.Create(),
            MadeUpCommand.Create(RentalsGenerator.Of),
            MadeUpCommand.Create(OrdersSample.Of),
            MadeUpCommand.Create(PaymentsSample.Of),
        ],
    }
);
