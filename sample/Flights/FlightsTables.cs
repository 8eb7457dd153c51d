using Trainyard.Sample.Tables;

namespace Trainyard.Sample.Flights;

/// <summary>The tables of nycflights13; <c>schema.sql</c> beside this file is their definition.</summary>
internal static class FlightsTables
{
    public static SampleSchema Schema { get; } =
        new(["airlines", "airports", "planes", "weather", "flights"], "sample_info", "flights.schema.sql");
}
