using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Samples.Flights;

/// <summary>What the user sees: with colours and a moving bar in a terminal, as plain lines in a file or a pipe.</summary>
internal sealed class Screen
{
    private readonly IAnsiConsole _console = AnsiConsole.Create(new AnsiConsoleSettings
    {
        Ansi = Console.IsOutputRedirected ? AnsiSupport.No : AnsiSupport.Detect,
        ColorSystem = Console.IsOutputRedirected ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
    });

    public Screen()
    {
        const int Readable = 100;
        if (Console.IsOutputRedirected)
            _console.Profile.Width = Readable;
    }

    public int Width => _console.Profile.Width;

    public void Say(string line) => _console.Write(new Spectre.Console.Text(line + Environment.NewLine));

    public void Show(IRenderable picture) => _console.Write(picture);

    public async Task ShowProgressAsync(string title, int done, int count, Func<Action<int>, Task> work)
    {
        if (Console.IsOutputRedirected)
        {
            await work(_ => { });
            Say(string.Create(CultureInfo.InvariantCulture, $"{title}: {count - done:N0} loaded."));
            return;
        }

        await _console.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(async progress =>
            {
                ProgressTask bar = progress.AddTask(title, maxValue: count);
                bar.Value = done;
                await work(loaded => bar.Value = loaded);
            });
    }

    public void Hint(string directory)
    {
        string relative = Path.GetRelativePath(Environment.CurrentDirectory, directory);
        string folder = relative.StartsWith("..", StringComparison.Ordinal) ? directory : relative;
        Say("");
        Say("Where to look next:");
        Say($"  dotnet run --project src/Flowgen.Tool -- topics --dir {folder}");
        Say("  instead of topics: topic flights, consume airport-hours --max 5, lag");
        Say("  samples/Flights/Stages: the code of the app, one file for each stage");
    }
}
