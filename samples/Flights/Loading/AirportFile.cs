using System.Globalization;
using System.Text;

namespace Samples.Flights;

/// <summary>The airports that come with the sample: <c>iata,name,city,state,country,latitude,longitude</c>.</summary>
public static class AirportFile
{
    private const int Columns = 7;

    public static IEnumerable<Airport> Read(string path) => File.ReadLines(path).Skip(1).Select((line, index) => Parse(path, index + 2, line));

    private static Airport Parse(string path, int number, string line)
    {
        List<string> cells = Split(line);
        return cells.Count == Columns
            && double.TryParse(cells[5], CultureInfo.InvariantCulture, out double latitude)
            && double.TryParse(cells[6], CultureInfo.InvariantCulture, out double longitude)
                ? new Airport(cells[0], cells[1], cells[2], cells[3], cells[4], latitude, longitude)
                : throw new FlightFileException(path, $"line {number}", "expected iata,name,city,state,country,latitude,longitude");
    }

    // A cell in quotes may hold commas; a quote in it stands twice.
    private static List<string> Split(string line)
    {
        var cells = new List<string>();
        var cell = new StringBuilder();
        bool quoted = false;
        for (int i = 0; i < line.Length; i++)
        {
            if (line[i] == '"' && quoted && i + 1 < line.Length && line[i + 1] == '"')
                cell.Append(line[i++]);
            else if (line[i] == '"')
                quoted = !quoted;
            else if (line[i] == ',' && !quoted)
                Take(cells, cell);
            else
                cell.Append(line[i]);
        }

        Take(cells, cell);
        return cells;
    }

    private static void Take(List<string> cells, StringBuilder cell)
    {
        cells.Add(cell.ToString());
        cell.Clear();
    }
}
