using System.Globalization;
using System.Text.Json.Nodes;
using Trainyard.Hosting;
using Trainyard.Learning.Exporting;
using Trainyard.Pipelines;
using Trainyard.Registry;
using Trainyard.Steps.Score.Exporting;
using Trainyard.Stores;

namespace Trainyard.Steps.Score;

/// <summary><c>score export</c>: a model as a file that others can run.</summary>
internal static class ExportCommand
{
    public static Command Create() =>
        ModelCommands.Export(CommonSettings.Store) with
        {
            Examples = ["score export flights train.20131230T050000Z.1 --onnx flights.onnx --store store"],
            RunAsync = RunAsync,
        };

    private static async Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancel)
    {
        var store = Store.Open(invocation.Settings.Require(CommonSettings.Store));
        var pipeline = invocation.PipelineName();
        var (version, path) = (invocation.Argument("model")!, WholeFile.PathOf(invocation, CommonSettings.Onnx));
        var package = new Package(store, pipeline, version);
        var (card, _) = await package.ReadCardAsync(cancel);
        var model = await ExportedModel.OfAsync(package, card, ThisProgram.Version.Split('+')[0], cancel);
        await WholeFile.WriteAsync(CommonSettings.Onnx, path, model.Content, cancel);
        await invocation.Output.WriteLineAsync(
            invocation.Get(CommonSettings.Output) == OutputForm.Json
                ? JsonOf(version, path, model).ToJsonString(Json.Compact)
                : TextOf(version, path, model)
        );
        return ExitCode.Done;
    }

    private static string TextOf(string version, string path, ExportedModel model) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"Wrote model {version} to {path}, {model.Content.Length / 1e6:0.0} MB.\nIt takes, a row each:\n"
                + $"{Lines(model.Inputs)}\nIt gives:\n{Lines(model.Outputs)}"
        );

    private static string Lines(IReadOnlyList<GraphField> fields)
    {
        var (name, type) = (fields.Max(field => field.Name.Length), fields.Max(field => TypeOf(field).Length));
        return string.Join(
            '\n',
            fields.Select(field =>
                $"  {field.Name.PadRight(name)}  {TypeOf(field).PadRight(type)}  {field.About}".TrimEnd()
            )
        );
    }

    private static JsonObject JsonOf(string version, string path, ExportedModel model) =>
        new()
        {
            ["model"] = version,
            ["file"] = path,
            ["bytes"] = model.Content.Length,
            ["inputs"] = new JsonArray([.. model.Inputs.Select(FieldOf)]),
            ["outputs"] = new JsonArray([.. model.Outputs.Select(FieldOf)]),
        };

    private static JsonObject FieldOf(GraphField field) =>
        new()
        {
            ["name"] = field.Name,
            ["type"] = TypeOf(field),
            ["about"] = field.About,
        };

    /// <summary>In ONNX's words.</summary>
    private static string TypeOf(GraphField field)
    {
        var type = field.Type switch
        {
            GraphType.Text => "string",
            GraphType.Flag => "bool",
            GraphType.Whole => "int64",
            GraphType.Single => "float",
            _ => "double",
        };
        return string.Create(CultureInfo.InvariantCulture, $"{type}[rows, {field.Width}]");
    }
}
