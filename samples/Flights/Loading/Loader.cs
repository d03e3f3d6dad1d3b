using System.Security.Cryptography;
using Flowgen.Log;
using Flowgen.Runtime;

namespace Samples.Flights;

/// <summary>Brings files into their topics. How far a file has come stands in the same commit as its records, so that a load that was
/// killed goes on where it stopped, and a file that is loaded is not loaded again.</summary>
public sealed class Loader
{
    private const int RecordsInCommit = 1000;

    private readonly FlowLog _log;
    private readonly TopicWriter<LoadedFile, LoadedFileCodec> _progress;
    private readonly Dictionary<string, LoadedFile> _files;

    /// <param name="log">The log.</param>
    /// <param name="partitions">Partitions of the topics; null takes those that they have, or declare.</param>
    /// <exception cref="TopicMismatchException">The topics have another number of partitions.</exception>
    public Loader(FlowLog log, int? partitions = null)
    {
        _log = log;
        Partitions = partitions ?? (log.TryDescribeTopic(Topics.Flights, out TopicDescription? flights) ? flights.Partitions : 6);
        log.EnsureTopic(Topics.Flights, new TopicSettings(Partitions));
        log.EnsureTopic(Topics.Airports, new TopicSettings(Partitions, TopicCleanup.Compact));
        log.EnsureTopic(Topics.LoadedFiles, new TopicSettings(1, TopicCleanup.Compact));
        _progress = new(log, Topics.LoadedFiles);
        using var files = new TopicReader<LoadedFile, LoadedFileCodec>(log, Topics.LoadedFiles);
        _files = files.ReadToEnd().GroupBy(file => file.Hash).ToDictionary(file => file.Key, file => file.Last());
    }

    public int Partitions { get; }

    /// <summary>How many flights of a file are in their topic.</summary>
    public int LoadedOf(FlightFile file) => _files.TryGetValue(file.Hash, out LoadedFile known) ? known.Loaded : 0;

    /// <summary>Loads what is not loaded yet.</summary>
    /// <param name="file">The file.</param>
    /// <param name="progress">Told how many flights of the file are loaded, after each commit.</param>
    /// <param name="cancellation">Stops between two commits.</param>
    /// <exception cref="UnfinishedLoadException">Another file was loaded in part only.</exception>
    public async Task LoadFlightsAsync(FlightFile file, Action<int>? progress = null, CancellationToken cancellation = default)
    {
        RefuseOtherHalves(file.Hash);
        var flights = new TopicWriter<Flight, FlightCodec>(_log, Topics.Flights);
        int done = LoadedOf(file);
        int read = 0;
        await foreach (Flight flight in file.ReadAsync(cancellation).ConfigureAwait(false))
        {
            if (++read <= done)
                continue;
            flights.Add(in flight);
            if (flights.Count < RecordsInCommit && read < file.Count)
                continue;
            await CommitAsync(flights, new LoadedFile(file.Hash, file.Name, read, file.Count)).ConfigureAwait(false);
            progress?.Invoke(read);
        }
    }

    /// <summary>Loads the airports in one commit, if this version of them is not loaded yet.</summary>
    public async Task LoadAirportsAsync(string path)
    {
        string hash = Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(path).ConfigureAwait(false)));
        if (_files.ContainsKey(hash))
            return;
        var airports = new TopicWriter<Airport, AirportCodec>(_log, Topics.Airports);
        foreach (Airport airport in AirportFile.Read(path))
            airports.Add(in airport);
        await CommitAsync(airports, new LoadedFile(hash, Path.GetFileName(path), airports.Count, airports.Count)).ConfigureAwait(false);
    }

    private async Task CommitAsync<TRecord, TCodec>(TopicWriter<TRecord, TCodec> records, LoadedFile progress)
        where TCodec : struct, IRecordCodec<TRecord>
    {
        using LogTransaction commit = _log.BeginTransaction();
        records.AppendTo(commit);
        _progress.Add(in progress);
        _progress.AppendTo(commit);
        await commit.CommitAsync().ConfigureAwait(false);
        _files[progress.Hash] = progress;
    }

    private void RefuseOtherHalves(string hash)
    {
        foreach (LoadedFile file in _files.Values)
        {
            if (!file.IsComplete && file.Hash != hash)
                throw new UnfinishedLoadException(file);
        }
    }
}
