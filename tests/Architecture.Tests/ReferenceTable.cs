namespace Trainyard.Tests.Architecture;

/// <summary>Who may reference what: the table of ARCHITECTURE.md. Projects are binding; packages where a project
/// names any.</summary>
internal static class ReferenceTable
{
    private static readonly string[] BuildOnly = ["Microsoft.CodeAnalysis.BannedApiAnalyzers", "MinVer", "xunit.v3"];

    public static IReadOnlyDictionary<string, Allowed> Rows { get; } =
        new Dictionary<string, Allowed>
        {
            ["Trainyard.Features"] = new([], []),
            ["Trainyard.Pipelines"] = new(
                [],
                ["YamlDotNet", "NodaTime", "DynamicExpresso.Core", "Quickenshtein", "JsonSchema.Net"]
            ),
            ["Trainyard.Stores"] = new(
                ["Pipelines"],
                ["AWSSDK.S3", "AWSSDK.SecurityToken", "AWSSDK.SSO", "AWSSDK.SSOOIDC"]
            ),
            ["Trainyard.Datasets"] = new(["Pipelines"], ["CsvHelper"]),
            ["Trainyard.Warehouses"] = new(["Pipelines", "Datasets"], ["Npgsql", "DuckDB.NET.Data.Full", "Polly.Core"]),
            ["Trainyard.Registry"] = new(["Pipelines", "Stores"], []),
            ["Trainyard.Learning"] = new(["Pipelines", "Stores", "Datasets", "Registry"], []),
            ["Trainyard.Trainers"] = new(
                ["Pipelines", "Learning"],
                ["MathNet.Numerics", "Microsoft.ML", "Microsoft.ML.LightGbm"]
            ),
            ["Trainyard.Models"] = new(["Pipelines", "Stores", "Datasets", "Registry", "Learning", "Trainers"], []),
            ["Trainyard.Hosting"] = new(
                ["Pipelines", "Stores"],
                ["System.CommandLine", "Serilog", "Serilog.Formatting.Compact", "Serilog.Sinks.Console"]
            ),
            ["extract"] = new(["Pipelines", "Hosting", "Stores", "Datasets", "Warehouses", "Registry"], []),
            ["features"] = new(["Pipelines", "Hosting", "Stores", "Datasets", "Features"], ["System.IO.Hashing"]),
            ["train"] = new(["Pipelines", "Hosting", "Stores", "Datasets", "Registry", "Learning", "Models"], []),
            ["score"] = new(
                ["Pipelines", "Hosting", "Stores", "Datasets", "Registry", "Learning", "Models", "Warehouses"],
                ["OnnxSharp"]
            ),
            ["measure"] = new(["Pipelines", "Hosting", "Stores", "Datasets", "Registry", "Learning", "Warehouses"], []),
            ["report"] = new(["Pipelines", "Hosting", "Stores", "Registry"], ["Microsoft.AspNetCore.Components.Web"]),
            ["trainyard"] = new(
                ["Pipelines", "Hosting", "Stores", "Datasets", "Registry", "Warehouses"],
                ["CliWrap", "Spectre.Console"]
            ),
            ["sample"] = new(["Pipelines", "Hosting", "Warehouses"], ["DuckDB.NET.Data.Full", "Npgsql"]),
            ["Flights.Features"] = new(["Features"], []),
        };

    /// <summary>What breaks the table, a sentence each.</summary>
    public static IReadOnlyList<string> Violations(IEnumerable<ProjectFile> projects) =>
        [
            .. projects.SelectMany(project =>
                !Rows.TryGetValue(project.Name, out var allowed)
                    ? [$"{project.Name} has no row in the table."]
                    : project
                        .Projects.Select(name => name.Replace("Trainyard.", "", StringComparison.Ordinal))
                        .Except(allowed.Projects)
                        .Select(name => $"{project.Name} may not reference the project {name}.")
                        .Concat(
                            project
                                .Packages.Except(allowed.Packages)
                                .Except(BuildOnly)
                                .Select(name => $"{project.Name} may not use the package {name}.")
                        )
                        .Concat(
                            project.IsKit
                                ? project
                                    .Packages.Except(BuildOnly)
                                    .Except(project.PrivatePackages)
                                    .Select(name =>
                                        $"{project.Name} must keep the package {name} to itself: "
                                        + "PrivateAssets=\"compile\"."
                                    )
                                : []
                        )
            ),
        ];

    internal sealed record Allowed(IReadOnlyList<string> Projects, IReadOnlyList<string> Packages);
}
