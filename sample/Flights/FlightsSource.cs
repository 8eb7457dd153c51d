using System.Security.Cryptography;
using Trainyard.Sample.Flights.Generator;
using Trainyard.Sample.Tables;

namespace Trainyard.Sample.Flights;

/// <summary>Where flights come from. Both kinds end as a folder of CSV files, so both are loaded and checked
/// alike.</summary>
internal sealed class FlightsSource
{
    public const string SourceKey = "source";
    public const string BestAucKey = "best_auc";
    public const string BaseRateKey = "base_rate";

    private FlightsSource() { }

    /// <summary>Says what is loaded, and differs when that does.</summary>
    public required string Name { get; init; }

    /// <summary>Makes the files where they have to be made, and says what is known about them: the rows of
    /// sample_info.</summary>
    public required Func<CancellationToken, IReadOnlyDictionary<string, string>> Prepare { get; init; }

    public required Func<CsvFolder> Open { get; init; }

    public static FlightsSource OfFiles(CsvFolder folder)
    {
        var name = $"files with SHA-256 {Fingerprint(folder)}";
        return new FlightsSource
        {
            Name = name,
            Prepare = _ => new Dictionary<string, string> { [SourceKey] = name },
            Open = () => folder,
        };
    }

    public static FlightsSource Generated(FlightsPlan plan, ScratchFolder scratch) =>
        new()
        {
            Name = plan.ToString(),
            Prepare = cancel =>
            {
                var truth = new FlightsGenerator(plan).Write(scratch.Path, cancel);
                return new Dictionary<string, string>
                {
                    [SourceKey] = plan.ToString(),
                    [BestAucKey] = $"{truth.BestAuc:F4}",
                    [BaseRateKey] = $"{truth.BaseRate:P1}",
                };
            },
            Open = () => CsvFolder.Open(scratch.Path, FlightsTables.Schema),
        };

    private static string Fingerprint(CsvFolder folder)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var table in FlightsTables.Schema.InLoadOrder)
        {
            using var file = File.OpenRead(folder.FileOf(table));
            hash.AppendData(SHA256.HashData(file));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
    }
}
