namespace Trainyard.Tests.EndToEnd;

/// <summary>Runs of the parcels, step by step: a score run of one day unless said otherwise, and the predictions that
/// must come of it whatever happened on the way.</summary>
internal sealed class ScoreDay(Workspace workspace, Parcels parcels, BadLine? line = null)
{
    public const string Day = "2024-05-21";

    private readonly IReadOnlyDictionary<string, string?> _variables = line?.Variables ?? workspace.VariablesWith();

    public static IReadOnlyList<string> Steps { get; } = ["extract", "features", "score", "report"];

    /// <summary>Starts a step of a run.</summary>
    public RunningProgram Start(string step, string run, params string[] more) =>
        RunningProgram.Start(step, ArgumentsOf(step, run, more), _variables);

    /// <summary>Runs a step to its end.</summary>
    public Task<Ended> RunAsync(string step, string run, params string[] more) =>
        Programs.RunAsync(step, ArgumentsOf(step, run, more), _variables);

    /// <summary>What a run has published; the run's own name and moment left out.</summary>
    public async Task<IReadOnlyList<string>> PredictionsAsync(string run) =>
        await workspace.QueryAsync(
            "SELECT count(*) FROM information_schema.tables WHERE table_name = 'parcels_predictions'"
        )
            is ["0"]
            ? []
            : await workspace.QueryAsync(
                "SELECT parcel_id, cutoff, model, hindsight, probability, predicted FROM "
                    + $"trainyard.parcels_predictions WHERE run = '{run}' ORDER BY parcel_id"
            );

    private string[] ArgumentsOf(string step, string run, string[] more) =>
        [
            "--pipeline",
            step == "extract" ? parcels.Folder : "parcels",
            "--run-id",
            run,
            "--store",
            workspace.Store,
            .. step == "extract" && more.Length == 0 ? ["--kind", "score", "--as-of", Day] : more,
            .. step is "extract" or "score"
                ? ["--warehouse", line?.Warehouse ?? workspace.Warehouse]
                : Array.Empty<string>(),
        ];
}
