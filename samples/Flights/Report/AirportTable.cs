using System.Globalization;
using Spectre.Console;

namespace Samples.Flights;

/// <summary>The busiest airports on a screen. Nothing wraps: names are cut where the screen is narrow.</summary>
internal static class AirportTable
{
    private const int Gap = 2;
    private const int NumbersWidth = 10 + 8 + 8 + 18 + (6 * Gap); // as wide as the columns behind the names
    private const int LongestName = 34;
    private const int LongestCity = 17;

    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    public static Table Draw(IReadOnlyList<AirportSummary> airports, int screenWidth)
    {
        int names = Math.Max(20, screenWidth - NumbersWidth);
        int city = Math.Min(LongestCity, names * 2 / 5);
        int name = Math.Min(LongestName, names - city);
        Table table = new Table { Border = TableBorder.None }
            .AddColumn(Left("Airport"))
            .AddColumn(Left("City"))
            .AddColumn(Right("Departures"))
            .AddColumn(Right("Delay"))
            .AddColumn(Right("> 15 min"))
            .AddColumn(Left("Worst hour (UTC)"));
        foreach (AirportSummary airport in airports)
            table.AddRow(Cells(airport, name, city));
        return table;
    }

    private static TableColumn Left(string header) => new(new Markup($"[bold underline]{header}[/]")) { NoWrap = true, Padding = new Padding(0, 0, Gap, 0) };

    private static TableColumn Right(string header) => Left(header).RightAligned();

    private static string[] Cells(AirportSummary airport, int nameWidth, int cityWidth) =>
    [
        Markup.Escape(Fit($"{airport.Iata} {airport.Name}", nameWidth)),
        Markup.Escape(Fit(airport.City, cityWidth)),
        airport.Departures.ToString("N0", Culture),
        airport.MeanDelay.ToString("0.0 min", Culture),
        airport.DelayedShare.ToString("0.0%", Culture),
        string.Create(Culture, $"{airport.WorstHour.Hour:MMM dd HH:mm} {airport.WorstHour.MeanDelay:+0;-0}m"),
    ];

    private static string Fit(string text, int width) => text.Length <= width ? text : string.Concat(text.AsSpan(0, width - 1).TrimEnd(), "…");
}
