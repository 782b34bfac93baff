using KaiChat.Server.Diagnostics.History;

namespace KaiChat.Server.Tests.Diagnostics;

public sealed class LatencyHistogramTests
{
    [Fact]
    public void Nothing_has_no_percentile() => Assert.Null(new LatencyHistogram().Percentile(0.5));

    [Theory]
    [InlineData(0.00002)]
    [InlineData(0.0037)]
    [InlineData(0.5)]
    [InlineData(99)]
    public void A_percentile_is_right_to_within_a_tenth(double seconds)
    {
        var histogram = new LatencyHistogram();
        histogram.Record(seconds);
        histogram.Take();
        Assert.InRange(histogram.Percentile(0.5)!.Value / (seconds * 1000), 0.9, 1.1);
    }

    [Fact]
    public void Percentiles_are_those_of_the_interval_that_ended()
    {
        var histogram = new LatencyHistogram();
        for (var i = 0; i < 95; i++) histogram.Record(0.001);
        for (var i = 0; i < 5; i++) histogram.Record(1);
        histogram.Take();
        Assert.InRange(histogram.Percentile(0.5)!.Value, 0.9, 1.1);
        Assert.InRange(histogram.Percentile(0.95)!.Value, 0.9, 1.1);
        Assert.InRange(histogram.Percentile(0.99)!.Value, 900, 1100);
        histogram.Record(0.01);
        histogram.Take();
        Assert.InRange(histogram.Percentile(0.99)!.Value, 9, 11);
        histogram.Take();
        Assert.Null(histogram.Percentile(0.99));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(1e9)]
    [InlineData(double.NaN)]
    public void Whatever_is_recorded_has_a_place(double seconds)
    {
        var histogram = new LatencyHistogram();
        histogram.Record(seconds);
        histogram.Take();
        Assert.NotNull(histogram.Percentile(1));
    }
}
