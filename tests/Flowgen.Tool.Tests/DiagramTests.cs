using Flowgen.Tool.Tests.Harness;

namespace Flowgen.Tool.Tests;

public class DiagramTests : ToolTest
{
    private static readonly string Assembly = typeof(ShopApp).Assembly.Location;

    [Fact]
    public async Task The_diagram_is_read_from_the_metadata_of_the_assembly()
    {
        ToolResult result = (await RunToolAsync("", CancellationToken.None, "diagram", Assembly)).MustSucceed();

        Assert.Equal("flowchart LR", result.Lines[0]);
        Assert.Equal(ShopApp.Topology.ToMermaid().Split('\n'), result.Lines);
        Assert.Contains("find-large-orders", result.Output);
    }

    [Fact]
    public async Task A_folder_with_one_app_will_do()
    {
        File.Copy(Assembly, Path.Combine(Dir, "shop.dll"));
        await File.WriteAllTextAsync(Path.Combine(Dir, "native.dll"), "no metadata");

        ToolResult result = (await RunToolAsync("", CancellationToken.None, "diagram", Dir, "--app", "shop")).MustSucceed();

        Assert.StartsWith("flowchart LR\n", result.Output);
    }

    [Fact]
    public async Task What_is_no_app_is_one_clear_line()
    {
        string text = Path.Combine(Dir, "text.dll");
        await File.WriteAllTextAsync(text, "no assembly");
        string missing = Path.Combine(Dir, "missing.dll");

        (await RunToolAsync("", CancellationToken.None, "diagram", text)).MustFail(1, $"'{text}' is not a .NET assembly: name the built assembly of an app, such as bin/Debug/net10.0/MyApp.dll");
        (await RunToolAsync("", CancellationToken.None, "diagram", missing)).MustFail(1, $"there is no file or folder '{missing}': name the built assembly of an app, such as bin/Debug/net10.0/MyApp.dll");
        (await RunToolAsync("", CancellationToken.None, "diagram", typeof(FlowTool).Assembly.Location)).MustFail(1, $"there is no app in '{typeof(FlowTool).Assembly.Location}': an app is a partial class with [FlowApp]");
        (await RunToolAsync("", CancellationToken.None, "diagram", Assembly, "--app", "nix")).MustFail(1, $"there is no app 'nix' in '{Assembly}', but shop");
    }
}
