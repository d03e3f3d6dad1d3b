using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Flowgen.Tool;

/// <summary>What the tool reads from and writes to, so that tests can stand in for the terminal.</summary>
internal sealed class ToolIo
{
    private const int StandardOutput = 1;

    public required Stream Input { get; init; }

    public required OutputStream Output { get; init; }

    public required TextWriter Error { get; init; }

    /// <summary>Whether somebody types the input line by line.</summary>
    public bool InputIsTerminal { get; init; }

    /// <summary>Whether somebody looks at standard error.</summary>
    public bool ErrorIsTerminal { get; init; }

    /// <summary>Columns of the terminal; null where the output goes to a file or a pipe, which never wraps.</summary>
    public int? Width { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public static ToolIo OfProcess() => new()
    {
        Input = Console.OpenStandardInput(),
        Output = new OutputStream(OpenOutput()),
        Error = Console.Error,
        InputIsTerminal = !Console.IsInputRedirected,
        ErrorIsTerminal = !Console.IsErrorRedirected,
        Width = Console.IsOutputRedirected ? null : Math.Max(40, Console.WindowWidth),
    };

    /// <summary>A writer over <see cref="Output"/> that the caller disposes to flush it.</summary>
    public StreamWriter OpenText() => new(Output, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };

    // The console's own stream hides a closed pipe on Unix: 'flow consume --follow | head' would never end. A file stream does not,
    // but on a file it keeps a position of its own and would write over what others have written there.
    private static Stream OpenOutput()
    {
        if (OperatingSystem.IsWindows())
            return Console.OpenStandardOutput();
        var pipe = new FileStream(new SafeFileHandle(StandardOutput, ownsHandle: false), FileAccess.Write, bufferSize: 0);
        return pipe.CanSeek ? Console.OpenStandardOutput() : pipe;
    }
}
