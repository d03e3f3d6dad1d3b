using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Flowgen.Benchmarks.Gates;

/// <summary>The figures for people and for programs.</summary>
internal static partial class GateReport
{
    public static string Line(GateResult result)
    {
        string limit = result.Limit is { } value ? string.Create(CultureInfo.InvariantCulture, $" limit {value,6:F1}  ratio {result.Ratio,5:F2}") : "";
        string bytes = result.BytesPerRecord is { } perRecord ? string.Create(CultureInfo.InvariantCulture, $"  {perRecord:0.####} B/record") : "";
        return string.Create(CultureInfo.InvariantCulture, $"{(result.Ok ? "met   " : "missed")}  {result.Name,-28} {result.Value,7:F1} {result.Unit}{limit}{bytes}  (goal: {result.Goal})  {result.Note}");
    }

    public static string Json(List<GateResult> results) => JsonSerializer.Serialize(results, GateJson.Default.ListGateResult) + "\n";

    [JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
    [JsonSerializable(typeof(List<GateResult>))]
    private sealed partial class GateJson : JsonSerializerContext;
}
