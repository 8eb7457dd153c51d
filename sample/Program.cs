using System.Diagnostics;
using Trainyard.Sample.Flights;

namespace Trainyard.Sample;

internal static class Program
{
    public static int Main(string[] arguments)
    {
        var clock = Stopwatch.StartNew();
        var folder = CsvFolder.Open(arguments[0]);
        using var warehouse = new DuckDbFlights(arguments[1]);
        foreach (var (table, rows) in warehouse.Replace(folder, new Dictionary<string, string> { ["source"] = "csv" }))
        {
            Console.WriteLine($"{table,-10} {rows,9:N0} rows");
        }

        Console.WriteLine($"{clock.Elapsed.TotalSeconds:F1} s");
        return 0;
    }
}
