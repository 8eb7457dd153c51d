using Trainyard.Hosting;
using Trainyard.Stores;

namespace Trainyard.Cli;

/// <summary>Settings and arguments that several commands have; store and warehouse default to what needs no
/// installation.</summary>
internal static class CliSettings
{
    public const string PipelineArgument = ModelCommands.PipelineArgument;

    public static Argument Folder => ModelCommands.Folder;

    public static Argument Pipeline => ModelCommands.Pipeline;

    public static Setting<string> Store { get; } =
        Setting.Text("--store", CommonSettings.Store.Description, CommonSettings.Store.Example, "store");

    public static Setting<string> Warehouse { get; } =
        CommonSettings.WarehouseBut(CommonSettings.Warehouse.Description, "duckdb:warehouse.duckdb");

    public static Setting<string> Who { get; } = Setting.Text("--who", "Who decided.", "ada", Environment.UserName);

    public static Setting<string> Why { get; } =
        Setting.Text(
            "--why",
            "The reason, which is kept in the promotions log.",
            "\"the gate's block size was wrong\"",
            required: true
        );

    public static IStore OpenStore(this Invocation invocation) => Stores.Store.Open(invocation.Settings.Require(Store));

    public static bool WantsJson(this Invocation invocation) =>
        invocation.Get(CommonSettings.Output) == OutputForm.Json;
}
