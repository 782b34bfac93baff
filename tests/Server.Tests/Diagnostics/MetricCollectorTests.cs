using System.Diagnostics.Metrics;
using KaiChat.Server.Diagnostics.Prometheus;
using KaiChat.TestKit;

namespace KaiChat.Server.Tests.Diagnostics;

/// <summary>What is measured becomes what is written down, whoever measures and whatever tags say.</summary>
public sealed class MetricCollectorTests : IDisposable
{
    private readonly RecordedMeters _meters = new();
    private readonly MetricCollector _collector;
    private readonly Meter _meter;

    public MetricCollectorTests()
    {
        _collector = new MetricCollector(_meters);
        _meter = _meters.Create(new MeterOptions("KaiChat.Test"));
    }

    private PrometheusScrape Scrape => PrometheusScrape.Parse(_collector.WriteText());

    public void Dispose()
    {
        _collector.Dispose();
        _meters.Dispose();
    }

    [Fact]
    public async Task Nothing_that_many_threads_count_at_once_is_lost()
    {
        const int Threads = 8;
        const int Each = 50_000;
        var counter = _meter.CreateCounter<long>("kaichat.test.counted", "{thing}", "Things.");
        var histogram = _meter.CreateHistogram<double>("kaichat.test.duration", "s", "Times.");
        var stop = false;
        var scraping = Task.Run(() =>
        {
            // Strictly, in the middle of it all: a scrape is whole and consistent at any time.
            while (!Volatile.Read(ref stop)) _ = Scrape;
        });
        await Task.WhenAll(Enumerable.Range(0, Threads).Select(thread => Task.Run(() =>
        {
            for (var i = 0; i < Each; i++)
            {
                counter.Add(1, new KeyValuePair<string, object?>("kind", i % 2 == 0 ? "even" : "odd"));
                histogram.Record(thread / 8.0);
            }
        })));
        Volatile.Write(ref stop, true);
        await scraping;
        var scrape = Scrape;
        Assert.Equal(Threads * Each / 2, scrape.Value("kaichat_test_counted_total", ("kind", "even")));
        Assert.Equal(Threads * Each / 2, scrape.Value("kaichat_test_counted_total", ("kind", "odd")));
        Assert.Equal(Threads * Each, scrape.Value("kaichat_test_duration_seconds_count"));
        Assert.Equal(Enumerable.Range(0, Threads).Sum(thread => thread / 8.0) * Each, scrape.Value("kaichat_test_duration_seconds_sum"), tolerance: 0.001);
        Assert.Equal(Each * 3, scrape.Value("kaichat_test_duration_seconds_bucket", ("le", "0.25")));
        Assert.Equal(Each, scrape.Value("kaichat_test_duration_seconds_bucket", ("le", "0.0005")));
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("")]
    [InlineData("quote \" and \\ and\nline")]
    [InlineData("\\n")]
    [InlineData("a,b=\"c\"}")]
    [InlineData("Grüße 🎉")]
    public void A_tag_survives_being_written_down(string value)
    {
        _meter.CreateCounter<int>("kaichat.test", null, "Escaped \\ too,\nhere.").Add(3, new KeyValuePair<string, object?>("a.tag-name", value));
        var scrape = Scrape;
        Assert.Equal(3, scrape.Value("kaichat_test_total", ("a_tag_name", value)));
        Assert.Equal(@"Escaped \\ too,\nhere.", scrape.Families["kaichat_test_total"].Help);
    }

    [Fact]
    public void The_same_tags_in_another_order_are_the_same_series()
    {
        var counter = _meter.CreateCounter<long>("kaichat.test", null, "Things.");
        counter.Add(1, new KeyValuePair<string, object?>("a", 1), new KeyValuePair<string, object?>("b", true));
        counter.Add(2, new KeyValuePair<string, object?>("b", true), new KeyValuePair<string, object?>("a", 1));
        Assert.Equal(3, Scrape.Value("kaichat_test_total", ("a", "1"), ("b", "True")));
    }

    [Fact]
    public void Tags_without_end_take_no_memory_without_end()
    {
        var counter = _meter.CreateCounter<long>("kaichat.test", null, "Things.");
        for (var i = 0; i < MetricFamily.MaxSeries * 3; i++) counter.Add(1, new KeyValuePair<string, object?>("peer", i));
        counter.Add(1, new KeyValuePair<string, object?>("peer", new string('x', 5_000)));
        var samples = Scrape.Families["kaichat_test_total"].Samples;
        Assert.Equal(MetricFamily.MaxSeries + 1, samples.Count);
        Assert.Equal(MetricFamily.MaxSeries * 3 + 1, samples.Sum(sample => sample.Value));
    }

    [Fact]
    public void Names_have_their_units_and_kinds()
    {
        _meter.CreateCounter<double>("kaichat.test.busy", "s", "Time.").Add(1.5);
        _meter.CreateUpDownCounter<int>("kaichat.test.open", "{thing}", "Things.").Add(-2);
        _meter.CreateObservableGauge("kaichat.test.size", () => 12L, "By", "Size.");
        _meter.CreateHistogram<int>("kaichat.test.batch", "{write}", "Writes.").Record(3);
        var scrape = Scrape;
        Assert.Equal("counter", scrape.Families["kaichat_test_busy_seconds_total"].Type);
        Assert.Equal(1.5, scrape.Value("kaichat_test_busy_seconds_total"));
        Assert.Equal("gauge", scrape.Families["kaichat_test_open"].Type);
        Assert.Equal(-2, scrape.Value("kaichat_test_open"));
        Assert.Equal(12, scrape.Value("kaichat_test_size_bytes"));
        Assert.Equal(0, scrape.Value("kaichat_test_batch_bucket", ("le", "2")));
        Assert.Equal(1, scrape.Value("kaichat_test_batch_bucket", ("le", "4")));
        Assert.Equal("gauge", scrape.Families["dotnet_thread_pool_queue_length"].Type);
    }

    [Fact]
    public void What_is_no_longer_observed_is_gone()
    {
        var states = new[] { "a", "b" };
        _meter.CreateObservableGauge("kaichat.test", () => states.Select(state => new Measurement<int>(1, new KeyValuePair<string, object?>("state", state))), null, "States.");
        Assert.Equal(2, Scrape.Families["kaichat_test"].Samples.Count);
        states = ["b"];
        Assert.Equal(1, Scrape.Value("kaichat_test", ("state", "b")));
        Assert.Single(Scrape.Families["kaichat_test"].Samples);
    }

    [Fact]
    public void A_counter_is_there_before_it_counts_and_other_peoples_meters_are_not()
    {
        _meter.CreateCounter<int>("kaichat.test", null, "Things.");
        using var others = new RecordedMeters();
        others.Create(new MeterOptions("KaiChat.Test")).CreateCounter<int>("kaichat.others", null, "Another server's.").Add(1);
        _meters.Create(new MeterOptions("Somebody")).CreateCounter<int>("somebody", null, "Not ours.").Add(1);
        var scrape = Scrape;
        Assert.Equal(0, Assert.Single(scrape.Families["kaichat_test_total"].Samples).Value);
        Assert.DoesNotContain(scrape.Families.Keys, name => name.Contains("others", StringComparison.Ordinal) || name.StartsWith("somebody", StringComparison.Ordinal));
    }
}
