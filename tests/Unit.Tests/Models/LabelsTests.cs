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
}
