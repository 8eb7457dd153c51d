using Trainyard.Hosting;
using Trainyard.Sample.Churn;
using Trainyard.Sample.Demand;
using Trainyard.Sample.Flights;
using Trainyard.Sample.Payments;
using Trainyard.Sample.Price;
using Trainyard.Sample.Rentals;
using Trainyard.Sample.Segments;
using Trainyard.Sample.Tables;
using Trainyard.Sample.Tickets;

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
            MadeUpCommand.Create(ChurnSample.Of),
            MadeUpCommand.Create(PriceSample.Of),
            MadeUpCommand.Create(DemandSample.Of),
            MadeUpCommand.Create(TicketsSample.Of),
            MadeUpCommand.Create(SegmentsSample.Of),
            MadeUpCommand.Create(PaymentsSample.Of),
        ],
    }
);
