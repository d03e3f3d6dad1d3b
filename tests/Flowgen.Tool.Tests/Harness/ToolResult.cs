namespace Flowgen.Tool.Tests.Harness;

/// <summary>What a run of the tool left behind.</summary>
public sealed record ToolResult(int Code, string Output, string Error)
{
    public string[] Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The cells of each line of a table.</summary>
    public string[][] Rows => [.. Lines.Select(line => line.Split("  ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];

    public ToolResult MustSucceed()
    {
        Assert.True(Code == 0, $"exit code {Code}: {Error}");
        return this;
    }

    /// <summary>One clear line on standard error, nothing else.</summary>
    public void MustFail(int code, string message)
    {
        Assert.Equal($"flow: {message}{Environment.NewLine}", Error);
        Assert.Equal("", Output);
        Assert.Equal(code, Code);
    }
}
