using Flowgen.Log;
using Flowgen.Runtime;
using Samples.Flights;

namespace Flights.Tests.Results;

/// <summary>A log of flights in a directory of its own, and what the app has made of it.</summary>
internal sealed class FlightsLog : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("flights-").FullName;
    private readonly FlowLog _log;

    public FlightsLog(int partitions)
    {
        _log = FlowLog.Open(_directory, new FlowLogOptions { Durability = Durability.OsBuffered });
        _log.CreateTopic(Topics.Flights, new TopicSettings(partitions));
        _log.CreateTopic(Topics.Airports, new TopicSettings(partitions, TopicCleanup.Compact));
        Partitions = partitions;
    }

    public int Partitions { get; }

    public async Task AddAsync(IEnumerable<Airport> airports)
    {
        var writer = new TopicWriter<Airport, AirportCodec>(_log, Topics.Airports);
        foreach (Airport airport in airports)
            writer.Add(in airport);
        await writer.CommitAsync();
    }

    /// <summary>Appends flights in many commits, so that the app sees many batches.</summary>
    public async Task AddAsync(IEnumerable<Flight> flights)
    {
        const int FlightsInCommit = 400;
        var writer = new TopicWriter<Flight, FlightCodec>(_log, Topics.Flights);
        foreach (Flight[] chunk in flights.Chunk(FlightsInCommit))
        {
            foreach (Flight flight in chunk)
                writer.Add(in flight);
            await writer.CommitAsync();
        }
    }

    public FlowEngine CreateApp(int workers) =>
        FlowEngine.Create<FlightsApp>(_log, new FlowEngineOptions { Workers = workers, Partitions = Partitions, CommitEvery = TimeSpan.FromMilliseconds(10) });

    public List<TRecord> Read<TRecord, TCodec>(string topic)
        where TCodec : struct, IRecordCodec<TRecord>
    {
        using var reader = new TopicReader<TRecord, TCodec>(_log, topic);
        return [.. reader.ReadToEnd()];
    }

    public void Dispose()
    {
        _log.Dispose();
        Directory.Delete(_directory, recursive: true);
    }
}
