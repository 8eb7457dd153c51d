using System.Text;
using System.Text.Json.Nodes;
using Trainyard.Pipelines;
using Trainyard.Stores;

namespace Trainyard.Tests.Pipelines;

/// <summary>Who says nothing new is understood by 1.0; who does is refused by it or whichever version does not know
/// it.</summary>
public sealed class SpecFormTests
{
    private const string Regression = "model: {task: regression}\nmetric: rmse";
    private static readonly string Ours = typeof(Documents).Assembly.GetName().Version!.ToString(3);

    [Theory]
    [InlineData("")]
    [InlineData("model: {task: binary, serve: all, weights: balanced}\nmetric: pr_auc")]
    [InlineData("model: {task: binary, threshold: {at: 0.3}, options: {leaves: 5, row_share: 50%}}\nmetric: log_loss")]
    [InlineData(Regression)]
    [InlineData("model: {task: regression, split: {validation: 14 days}}\nmetric: mae")]
    [InlineData("gate: {worse_by_at_most: 0.1}\npredictions: {table: answers}\nretention: {runs: 7 days}\nshards: 3")]
    [InlineData("schedule: {train: 0 6 * * SUN, expected_by: '02:00'}\nabout: Which of them are late?")]
    public void A_spec_of_1_0_is_written_as_1_0_wrote_it(string more)
    {
        var run = RunOf(more);

        Assert.Equal(1, run.Format);
        Assert.DoesNotContain("needs", Written(run), StringComparison.Ordinal);
        Assert.Null(JsonNode.Parse(Written(run))!["definition"]!["model"]!["serve"]);
        Assert.Equal(Json.Bytes(run), Json.Bytes(Sealed.Read<RunFile>(Sealed.Bytes(run), "run.json")));
    }

    [Theory]
    [InlineData("model: {task: binary, serve: measured}\nmetric: auc", "measured")]
    [InlineData("model: {task: binary, constraints: {increasing: [distance]}}\nmetric: auc", "increasing")]
    [InlineData("model: {task: multiclass}\nmetric: log_loss", "multiclass")]
    [InlineData("model: {task: anomaly}\nmetric: auc", "anomaly")]
    [InlineData("model: {task: multiclass, cost: {a: {b: 2}}}\nmetric: cost", "cost")]
    [InlineData("model: {task: binary}\nmetric: f1", "f1")]
    [InlineData("model: {task: regression}\nmetric: mape", "mape")]
    [InlineData("model: {task: regression, objective: median}\nmetric: mae", "median")]
    [InlineData("model: {task: regression, interval: 80%}\nmetric: rmse", "interval")]
    [InlineData("model: {task: regression, quantile: 0.9}\nmetric: pinball", "quantile")]
    [InlineData("model: {task: regression, objective: tweedie, power: 1.2}\nmetric: rmse", "power")]
    [InlineData("label: {column: late, known_after: 2 days, positive: 'yes'}", "positive")]
    [InlineData(Regression + "\ngate: {baseline: guess}", "baseline")]
    [InlineData("retention: {warehouse: 50 days}", "warehouse")]
    [InlineData("measure: {worse_by_at_most: 20%}", "measure")]
    [InlineData("predictions: {reasons: {top: 2}}", "reasons")]
    public void What_only_this_version_knows_is_in_a_format_that_others_refuse(string more, string said)
    {
        var run = RunOf(more);

        Assert.Equal((2, "1.1.0"), (run.Format, (string?)JsonNode.Parse(Written(run))!["needs"]));
        Assert.Contains($"\"{said}\"", Written(run), StringComparison.Ordinal);
        Assert.Equal(Json.Bytes(run), Json.Bytes(Sealed.Read<RunFile>(Sealed.Bytes(run), "run.json")));
    }

    [Fact]
    public void What_a_later_version_knows_is_78_and_names_it()
    {
        var later = JsonNode.Parse(Written(RunOf("")))!.AsObject();
        (later["format"], later["needs"]) = (RunFile.Formats.Count + 1, "7.4.0");
        later["definition"]!["model"]!["unheard_of"] = new JsonObject { ["of"] = 3 };

        var fault = Assert.Throws<Fault>(() => Documents.Read<RunFile>(Json.Bytes(later), "run.json"));

        Assert.Equal(
            (
                ExitCode.BadConfiguration,
                $"run.json was written by a later version of Trainyard: it has format {RunFile.Formats.Count + 1}, and "
                    + $"Trainyard {Ours} reads formats up to {RunFile.Formats.Count}. Use Trainyard 7.4.0 or later. "
                    + "Nothing was changed."
            ),
            (fault.Code, fault.Message)
        );
    }

    [Fact]
    public void A_kind_of_run_that_came_later_needs_the_version_that_brought_it()
    {
        var run = RunOf("metric: auc");

        Assert.Equal(1, RunFile.FormatOf(RunKind.Score, run.Definition, run.Operations));
        Assert.Equal(2, RunFile.FormatOf(RunKind.Measure, run.Definition, run.Operations));
    }

    private static string Written(RunFile run) => Encoding.UTF8.GetString(Documents.Bytes(run));

    /// <param name="more">Lines that replace those of the same key in the smallest spec.</param>
    private static RunFile RunOf(string more)
    {
        var key = (string line) => line.Split(':')[0];
        var said = more.Split('\n').Select(key).ToHashSet();
        var replaced = false;
        var kept = SpecFolder
            .Smallest.Split('\n')
            .Where(line => !(replaced = line.StartsWith(' ') ? replaced : said.Contains(key(line))));
        using var folder = new SpecFolder(string.Join('\n', [.. kept, more]));
        var spec = folder.Load().Spec;
        var (definition, operations) = (spec.ToDefinition(), spec.ToOperations());
        return new RunFile
        {
            Format = RunFile.FormatOf(RunKind.Train, definition, operations),
            Pipeline = "x",
            Run = "train.1",
            Kind = RunKind.Train,
            AsOf = DateTimeOffset.UnixEpoch,
            Definition = definition,
            DefinitionFiles = [],
            DefinitionHash = Hashes.OfDefinition(definition, []),
            Operations = operations,
            OperationsHash = Hashes.OfOperations(operations),
        };
    }
}
