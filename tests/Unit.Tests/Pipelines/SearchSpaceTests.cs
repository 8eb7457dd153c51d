using System.Text.Json.Nodes;
using Trainyard.Pipelines;

namespace Trainyard.Tests.Pipelines;

/// <summary>Which options the trials of a spec have.</summary>
public sealed class SearchSpaceTests
{
    [Fact]
    public void Whatever_a_trainer_has_searched_is_a_number_of_its_options_between_values_it_may_have()
    {
        var searched = Trainer.All.SelectMany(trainer => trainer.Space.Select(each => (trainer, each))).ToList();

        Assert.NotEmpty(searched);
        Assert.All(
            searched,
            pair =>
            {
                var (trainer, each) = pair;
                var option = PipelineSchema.Of([trainer])["properties"]!["model"]!["properties"]!["options"]![
                    "properties"
                ]![each.Key]!;
                Assert.True(Number(option["minimum"]) <= each.Ends.Low, each.Key);
                Assert.True(each.Ends.High <= Number(option["maximum"]), each.Key);
                Assert.True(each.Ends.Low < each.Ends.High && (!each.ByRatio || each.Ends.Low > 0), each.Key);
            }
        );

        static double Number(JsonNode? node) => double.Parse(node!.ToJsonString());
    }

    [Fact]
    public void The_first_is_what_the_spec_says_and_the_others_fill_the_space_evenly()
    {
        var model = Model(new TuneSpec { Trials = 65 });
        var drawn = SearchSpace.Draw(model).Cast<LightGbmOptions>().ToList();

        Assert.Equal(65, drawn.Count);
        Assert.Equal(model.Options, drawn[0]);
        Assert.All(
            drawn.Skip(1),
            options =>
            {
                Assert.InRange(options.Leaves!.Value, 4, 128);
                Assert.InRange(options.LearningRate!.Value, 0.01, 0.2);
                Assert.InRange(options.RowShare!.Value.Value, 0.4, 1);
                Assert.Equal((1000, 7), (options.MaxTrees, options.Seed));
            }
        );

        // A quarter of them in each quarter of a logarithm, or of a share.
        double[] rates = [.. drawn.Skip(1).Select(options => options.LearningRate!.Value)];
        double[] borders = [0.0099, 0.02115, 0.04472, 0.09457, 0.2001];
        Assert.All(
            borders.Zip(borders.Skip(1)),
            quarter => Assert.InRange(rates.Count(each => each >= quarter.First && each < quarter.Second), 11, 21)
        );
        Assert.InRange(drawn.Skip(1).Count(options => options.RowShare!.Value.Value < 0.7), 27, 37);
    }

    [Fact]
    public void They_depend_on_number_and_seed_alone()
    {
        var few = SearchSpace.Draw(Model(new TuneSpec { Trials = 5 }));
        var search = new Dictionary<string, Ends> { ["leaves"] = new(4, 9), ["l2"] = new(1, 9) };
        var turned = new Dictionary<string, Ends> { ["l2"] = new(1, 9), ["leaves"] = new(4, 9) };

        Assert.Equal(few, SearchSpace.Draw(Model(new TuneSpec { Trials = 9 })).Take(5));
        Assert.NotEqual(few[1], SearchSpace.Draw(Model(new TuneSpec { Trials = 5 }, seed: 8))[1] with { Seed = 7 });
        Assert.Equal(
            SearchSpace.Draw(Model(new TuneSpec { Search = search })),
            SearchSpace.Draw(Model(new TuneSpec { Search = turned }))
        );
    }

    [Fact]
    public void What_options_say_stays_unless_it_is_to_be_searched_and_none_is_tried_twice()
    {
        var model = Model(new TuneSpec());
        model = model with { Options = (LightGbmOptions)model.Options with { Leaves = 9, L2 = 3 } };
        var search = new Dictionary<string, Ends> { ["leaves"] = new(4, 6) };
        var narrow = model with { Tune = new TuneSpec { Search = search } };

        Assert.Equal(
            ["learning_rate", "min_rows_per_leaf", "feature_share", "row_share"],
            SearchSpace.Of(model).Select(each => each.Key)
        );
        Assert.Equal(
            [4, 5, 6, 9],
            SearchSpace.Draw(narrow).Cast<LightGbmOptions>().Select(options => options.Leaves!.Value).Order()
        );
    }

    private static ModelSpec Model(TuneSpec tune, int seed = 7) =>
        new()
        {
            Task = ModelTask.Binary,
            Tune = tune,
            Options = new LightGbmOptions { Seed = seed },
        };
}
