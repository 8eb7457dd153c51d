using System.Text.RegularExpressions;
using Trainyard.Trainers.LightGbm.Trees;

namespace Trainyard.Tests.Trainers;

public sealed class ModelTextTests
{
    [Fact]
    public void It_is_read_as_it_was_written()
    {
        var model = ModelText.Read(Case.Fit("levels multiclass", rounds: 3).Text);
        Assert.Equal((8, OddTable.Levels, 3), (model.Features, model.Width, model.Rounds));
        Assert.Equal("multiclass num_class:4", model.Objective);
        Assert.False(model.IsAveraged);
        Assert.Contains(model.Trees, tree => tree.Splits.Any(split => split.Levels is not null));
        Assert.All(model.Trees, tree => Assert.Equal(3000, tree.LeafCounts.Sum()));
        Assert.True(ModelText.Read(Case.Fit("forest", rounds: 3).Text).IsAveraged);
    }

    [Theory]
    [InlineData("end of trees", "", "it has no line 'end of trees'")]
    [InlineData("max_feature_idx=7", "max_feature_idx=x", "no whole number for 'max_feature_idx'")]
    [InlineData("max_feature_idx=7", "max_feature_idx=0", "splits on column")]
    [InlineData("left_child=[^ ]+", "left_child=0", "lead to 0 twice")]
    [InlineData("left_child=[^ ]+", "left_child=4000", "no such child")]
    [InlineData("left_child=[^ ]+ ", "left_child=", "29 numbers for 'left_child', and 30 are needed")]
    [InlineData("leaf_value=[^ ]+", "leaf_value=x", "has 'x' for 'leaf_value'")]
    [InlineData("num_leaves=31", "num_leaves=0", "has no leaf")]
    [InlineData("is_linear=0", "is_linear=1", "linear models")]
    public void What_is_wrong_with_it_is_told(string written, string instead, string expected)
    {
        var text = Regex.Replace(Case.Fit("regression", rounds: 2).Text, written, instead);
        var wrong = Assert.Throws<InvalidDataException>(() => ModelText.Read(text));
        Assert.Contains(expected, wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_text_that_is_cut_off_is_refused_wherever()
    {
        var text = Case.Fit("levels", rounds: 2).Text;
        var end = text.IndexOf("end of trees", StringComparison.Ordinal);
        for (var length = 0; length < end; length += 97)
        {
            Assert.Throws<InvalidDataException>(() => ModelText.Read(text[..length]));
        }
    }
}
