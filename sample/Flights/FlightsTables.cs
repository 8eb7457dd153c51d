using System.Reflection;

namespace Trainyard.Sample.Flights;

/// <summary>The tables of the flights warehouse; <c>schema.sql</c> beside this file is their definition.</summary>
internal static class FlightsTables
{
    /// <summary>Every table but sample_info, a table after those that its keys name.</summary>
    public static IReadOnlyList<string> InLoadOrder { get; } = ["airlines", "airports", "planes", "weather", "flights"];

    /// <summary>The statements that drop the tables and make them anew, for DuckDB and PostgreSQL alike.</summary>
    public static string Schema { get; } = ReadSchema();

    private static string ReadSchema()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("flights.schema.sql")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
