using System.Diagnostics;
using System.Globalization;
using Flowgen.Log;
using Flowgen.Runtime;

namespace Samples.Flights;

/// <summary>One run of the sample: load, process, show.</summary>
internal sealed class FlightsRun(Options options)
{
    private readonly Screen _screen = new();

    public async Task RunAsync(CancellationToken cancellation)
    {
        if (options.Reset)
            DeleteLog(options.Directory);
        FlightFile file = await FlightFile.CheckAsync(options.Data, cancellation);
        await using FlowLog log = FlowLog.Open(options.Directory);
        var loader = new Loader(log, options.Partitions);
        await LoadAsync(loader, file, cancellation);
        await ProcessAsync(log, loader.Partitions, cancellation);
        Show(log);
    }

    private async Task LoadAsync(Loader loader, FlightFile file, CancellationToken cancellation)
    {
        await loader.LoadAirportsAsync(SampleFiles.Airports);
        int before = loader.LoadedOf(file);
        if (before == file.Count)
            _screen.Say($"{file.Name} is loaded: {Count(before)} flights.");
        else
            await _screen.ShowProgressAsync("Load flights", before, file.Count, progress => loader.LoadFlightsAsync(file, progress, cancellation));
    }

    private async Task ProcessAsync(FlowLog log, int partitions, CancellationToken cancellation)
    {
        var settings = new FlowEngineOptions { Workers = options.Workers ?? Environment.ProcessorCount, Partitions = partitions };
        await using FlowEngine engine = FlowEngine.Create<FlightsApp>(log, settings);
        long before = Processed(log);
        long left = Records(log, Topics.Flights) - before;
        long results = Results(log);

        long start = Stopwatch.GetTimestamp();
        await engine.RunToEndAsync(progress: null, cancellation);
        TimeSpan time = Stopwatch.GetElapsedTime(start);

        cancellation.ThrowIfCancellationRequested();
        long newResults = Results(log) - results;
        if (left == 0 && newResults == 0)
            _screen.Say($"Nothing is left to do: all {Count(before)} flights are processed.");
        else
            _screen.Say($"{Count(left)} flights became {Count(newResults)} results in {Seconds(time)} s: {Count((long)(left / time.TotalSeconds))} flights/s with {settings.Workers} workers.");
    }

    private void Show(FlowLog log)
    {
        const int Airports = 10;
        using var hours = new TopicReader<AirportHour, AirportHourCodec>(log, Topics.AirportHours);
        using var airports = new TopicReader<Airport, AirportCodec>(log, Topics.Airports);
        Dictionary<string, Airport> byCode = airports.ReadToEnd().GroupBy(airport => airport.Iata).ToDictionary(airport => airport.Key, airport => airport.Last());
        _screen.Say("");
        _screen.Say("The busiest airports, with the mean delay of their flights:");
        _screen.Show(AirportTable.Draw(AirportSummary.Busiest(hours.ReadToEnd(), byCode, Airports), _screen.Width));
        _screen.Hint(options.Directory);
    }

    private static long Processed(FlowLog log) =>
        log.ListGroupOffsets(FlightsApp.Name).Where(offset => offset.Topic == Topics.Flights).Sum(offset => offset.Committed.Offset);

    // Without the totals: how often one is written depends on which flights share an epoch; only the newest of a route counts.
    private static long Results(FlowLog log) => Topics.Results.Where(topic => topic != Topics.RouteTotals).Sum(topic => Records(log, topic));

    private static long Records(FlowLog log, string topic) =>
        Enumerable.Range(0, log.DescribeTopic(topic).Partitions).Sum(partition => log.DescribePartition(topic, partition).NextOffset);

    // Opening it first shows that it is a log, and that nobody uses it.
    private static void DeleteLog(string directory)
    {
        if (!Directory.Exists(directory))
            return;
        FlowLog.Open(directory).Dispose();
        Directory.Delete(directory, recursive: true);
    }

    private static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture);
}
