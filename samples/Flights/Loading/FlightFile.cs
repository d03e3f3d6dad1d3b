using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text.Json;

namespace Samples.Flights;

/// <summary>A JSON array of flights: <c>[{"date":"2001/01/01 00:47","delay":66,"distance":1750,"origin":"DTW","destination":"LAS"}, …]</c>.</summary>
public sealed class FlightFile
{
    private const string DateFormat = "yyyy/MM/dd HH:mm";

    private readonly string _path;

    private FlightFile(string path, string hash, int count)
    {
        _path = path;
        Hash = hash;
        Count = count;
    }

    public string Name => Path.GetFileName(_path);

    /// <summary>SHA-256 of its bytes: the same flights under another name are the same file.</summary>
    public string Hash { get; }

    /// <summary>How many flights.</summary>
    public int Count { get; }

    /// <summary>Reads the whole file once, so that a bad one is refused before anything of it is loaded.</summary>
    /// <exception cref="FlightFileException">The file is not what it should be.</exception>
    public static async Task<FlightFile> CheckAsync(string path, CancellationToken cancellation)
    {
        int count = 0;
        await foreach (Flight _ in ReadAsync(path, cancellation).ConfigureAwait(false))
            count++;
        await using FileStream bytes = Open(path);
        byte[] hash = await SHA256.HashDataAsync(bytes, cancellation).ConfigureAwait(false);
        return new FlightFile(path, Convert.ToHexStringLower(hash), count);
    }

    public IAsyncEnumerable<Flight> ReadAsync(CancellationToken cancellation) => ReadAsync(_path, cancellation);

    private static async IAsyncEnumerable<Flight> ReadAsync(string path, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using FileStream bytes = Open(path);
        await using IAsyncEnumerator<JsonElement> elements =
            JsonSerializer.DeserializeAsyncEnumerable<JsonElement>(bytes, JsonSerializerOptions.Default, cancellation).GetAsyncEnumerator(cancellation);
        for (int number = 1; await MoveNextAsync(path, elements).ConfigureAwait(false); number++)
            yield return new FlightReader(path, number, elements.Current).Read();
    }

    private static async ValueTask<bool> MoveNextAsync(string path, IAsyncEnumerator<JsonElement> elements)
    {
        try
        {
            return await elements.MoveNextAsync().ConfigureAwait(false);
        }
        catch (JsonException cause)
        {
            string where = string.Create(CultureInfo.InvariantCulture, $"line {cause.LineNumber + 1}, byte {cause.BytePositionInLine + 1}");
            throw new FlightFileException(path, where, "this is not a JSON array of flights", cause);
        }
    }

    private static FileStream Open(string path)
    {
        if (!System.IO.File.Exists(path))
            throw FlightFileException.Missing(path);
        return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 16, useAsync: true);
    }

    /// <summary>One element of the array.</summary>
    private readonly struct FlightReader(string path, int number, JsonElement element)
    {
        public Flight Read()
        {
            if (element.ValueKind != JsonValueKind.Object)
                throw Wrong("expected an object of date, delay, distance, origin and destination, found", element);
            return new Flight(Date("date"), Whole("delay"), Whole("distance"), Code("origin"), Code("destination"));
        }

        private DateTimeOffset Date(string member)
        {
            JsonElement value = Member(member);
            return value.ValueKind == JsonValueKind.String
                && DateTimeOffset.TryParseExact(value.GetString(), DateFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset date)
                    ? date
                    : throw Wrong($"'{member}' must be a time such as \"2001/01/31 23:59\", not", value);
        }

        private int Whole(string member)
        {
            JsonElement value = Member(member);
            return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int whole)
                ? whole
                : throw Wrong($"'{member}' must be a whole number, not", value);
        }

        private string Code(string member)
        {
            JsonElement value = Member(member);
            return value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } code
                ? code
                : throw Wrong($"'{member}' must be the code of an airport such as \"DTW\", not", value);
        }

        private JsonElement Member(string member) => element.TryGetProperty(member, out JsonElement value)
            ? value
            : throw Wrong($"'{member}' is missing in", element);

        private FlightFileException Wrong(string problem, JsonElement value)
        {
            const int Shown = 80;
            string text = value.GetRawText().ReplaceLineEndings(" ");
            return new FlightFileException(path, $"record {number}", $"{problem} {(text.Length <= Shown ? text : text[..Shown] + "…")}");
        }
    }
}
