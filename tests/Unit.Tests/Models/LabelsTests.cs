using Trainyard.Learning.Data;

namespace Trainyard.Tests.Models;

public sealed class LabelsTests
{
    [Fact]
    public void Numbers_are_put_one_after_the_other()
    {
        var labels = Labels.Join([new Labels([1, double.NaN]), Labels.None, new Labels([3])]);

        Assert.Null(labels.Classes);
        Assert.Equal([1, double.NaN, 3], labels.Values);
        Assert.Equal((true, false), (labels.IsKnown(0), labels.IsKnown(1)));
    }

    [Fact]
    public void A_class_has_one_code_in_all_parts()
    {
        var labels = Labels.Join([new Labels([0, 1], ["b", "a"]), new Labels([1, double.NaN, 0], ["c", "b"])]);

        Assert.Equal(["b", "a", "c"], labels.Classes);
        Assert.Equal([0, 1, 0, double.NaN, 2], labels.Values);
        Assert.Equal([2, 0], labels.Of([4, 2]));
    }

    [Fact]
    public void Classes_have_the_order_of_texts_or_of_numbers_where_all_are_integers()
    {
        Assert.Equal(["10", "9", "x"], new Labels([0, 1, 2], ["x", "9", "10"]).Sorted().Classes);

        var sorted = new Labels([0, 1, double.NaN, 2], ["10", "9", "-1"]).Sorted();

        Assert.Equal(["-1", "9", "10"], sorted.Classes);
        Assert.Equal([2, 1, double.NaN, 0], sorted.Values);
    }

    [Fact]
    public void A_model_knows_the_classes_of_the_rows_it_learns()
    {
        var labels = new Labels([2, 0, 1, 2, double.NaN], ["a", "b", "c"]).Among([0, 1]);

        Assert.Equal(["a", "c"], labels.Classes);
        Assert.Equal([1, 0, double.NaN, 1, double.NaN], labels.Values);
        Assert.Same(Labels.None, Labels.None.Among([]));
    }
}
