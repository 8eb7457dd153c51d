using Trainyard.Pipelines;
using Trainyard.Registry;
using Trainyard.Steps.Report;

namespace Trainyard.Tests.Report;

public sealed class FormatsTests
{
    [Theory]
    [InlineData(0.70049, "0.700")]
    [InlineData(0.00012, "0.00012")]
    [InlineData(1.24e-12, "1.2e−12")]
    [InlineData(-0.002, "−0.002")]
    [InlineData(0, "0")]
    [InlineData(62.963, "62.96")]
    [InlineData(222.64, "222.6")]
    [InlineData(80029.4, "80,029")]
    [InlineData(double.NaN, "–")]
    public void Metric(double value, string expected) => Assert.Equal(expected, Formats.Metric(value));

    [Theory]
    [InlineData(0.0031, "+0.003")]
    [InlineData(-0.0009, "−0.001")]
    [InlineData(-0.0, "0.000")]
    [InlineData(double.NaN, "–")]
    public void Gain(double value, string expected) =>
        Assert.Equal(expected, Formats.Gain(MetricText.For(0.7, 0.7), value));

    [Theory]
    [InlineData(0, "0 %")]
    [InlineData(0.0002, "< 0.1 %")]
    [InlineData(0.138, "13.8 %")]
    [InlineData(0.9999, "> 99.9 %")]
    [InlineData(1, "100 %")]
    public void Share(double value, string expected) =>
        Assert.Equal(expected, Formats.Share(value).Replace('\u00a0', ' '));

    [Theory]
    [InlineData(0.42, "0.42 s")]
    [InlineData(3.21, "3.2 s")]
    [InlineData(59.97, "60.0 s")]
    [InlineData(125.2, "2 min 5 s")]
    [InlineData(3839, "1 h 4 min")]
    public void Seconds(double value, string expected) =>
        Assert.Equal(expected, Formats.Seconds(value).Replace('\u00a0', ' '));

    [Theory]
    [InlineData(999, "999 B")]
    [InlineData(1_204_331, "1.2 MB")]
    [InlineData(310_000_000, "310 MB")]
    [InlineData(999_600, "1.0 MB")]
    public void Bytes(long value, string expected) =>
        Assert.Equal(expected, Formats.Bytes(value).Replace('\u00a0', ' '));

    [Theory]
    [InlineData(2013, "2013")]
    [InlineData(334190, "334,190")]
    [InlineData(100.04, "100")]
    [InlineData(-0.1234, "−0.1234")]
    [InlineData(0.00000123, "1.23e−6")]
    public void Value(double value, string expected) => Assert.Equal(expected, Formats.Value(value));

    [Fact]
    public void Instants_are_wall_time_in_the_zone()
    {
        var times = new Times(new Clock { Zone = "America/New_York" });

        Assert.Equal("30 December 2013", times.Long(SomeRun.AsOf));
        Assert.Equal("30 Dec 2013, 01:04", times.Short(SomeRun.AsOf.AddMinutes(64)));
        Assert.Equal("30 Dec 2013, 00:00", times.Exact(SomeRun.AsOf));
        Assert.Equal("30 Dec 2013", times.Short(1_388_379_600d));
    }
}
