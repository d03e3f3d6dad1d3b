using System.Globalization;
using Flowgen.Log;
using Spectre.Console;

namespace Flowgen.Tool.Output;

/// <summary>Shows on standard error how far long work has come: a bar in a terminal, else a line every tenth of it, if it takes a while.</summary>
internal static class WorkProgress
{
    public static T Run<T>(ToolIo io, string what, Func<IProgress<LogProgress>, T> work)
    {
        if (!io.ErrorIsTerminal)
            return work(new Lines(io, what));
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(io.Error) });
        return console.Progress().AutoClear(true).Start(context =>
        {
            ProgressTask task = context.AddTask(Markup.Escape(what));
            return work(new Bar(task));
        });
    }

    private sealed class Bar(ProgressTask task) : IProgress<LogProgress>
    {
        public void Report(LogProgress value)
        {
            task.MaxValue = Math.Max(1, value.Total);
            task.Value = value.Done;
        }
    }

    private sealed class Lines(ToolIo io, string what) : IProgress<LogProgress>
    {
        private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

        private readonly long _start = io.Time.GetTimestamp();
        private long _tenth;

        public void Report(LogProgress value)
        {
            long tenth = value.Total == 0 ? 10 : value.Done * 10 / value.Total;
            if (tenth <= _tenth || tenth == 10 || io.Time.GetElapsedTime(_start) < Patience)
                return;
            _tenth = tenth;
            io.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: {tenth * 10} % of {Bytes.Format(value.Total)}"));
        }
    }
}
