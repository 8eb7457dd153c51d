using Trainyard.Sample.Tables;

namespace Trainyard.Sample.Rentals;

/// <summary>Bicycles rented by the hour; <c>schema.sql</c> beside this file is the definition.</summary>
internal static class RentalsTables
{
    public static SampleSchema Schema { get; } = new(["rentals"], "rentals_info", "rentals.schema.sql");
}
