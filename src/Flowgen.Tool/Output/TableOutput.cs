using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Flowgen.Tool.Output;

/// <summary>Tables for people: framed and coloured in a terminal; plain columns that never wrap in a file or a pipe.</summary>
internal static class TableOutput
{
    private const int NeverWraps = 10_000;

    public static Table Create(ToolIo io, params ReadOnlySpan<TableColumn> columns)
    {
        var table = new Table { Border = io.Width is null ? TableBorder.None : TableBorder.Rounded, UseSafeBorder = true };
        foreach (TableColumn column in columns)
            table.AddColumn(column);
        return table;
    }

    public static TableColumn Left(string header) => new(new Spectre.Console.Text(header)) { NoWrap = true, Padding = new Padding(0, 0, 2, 0) };

    public static TableColumn Right(string header) => Left(header).RightAligned();

    public static IRenderable Cell(string text) => new Spectre.Console.Text(text) { Overflow = Overflow.Ellipsis };

    public static IRenderable Cell(long number) => Cell(number.ToString("N0", CultureInfo.InvariantCulture));

    public static void Write(ToolIo io, Table table)
    {
        using StreamWriter text = io.OpenText();
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = io.Width is null ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = io.Width is null ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(text),
        });
        console.Profile.Width = io.Width ?? NeverWraps;
        console.Write(table);
    }
}
