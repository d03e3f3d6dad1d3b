namespace Flowgen.Package.Tests;

/// <summary>A project of a careful user, outside the repository, with a package folder of its own.</summary>
internal sealed class StrictProject : IDisposable
{
    private const string ProjectFile = """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <TargetFramework>net10.0</TargetFramework>
            <Nullable>enable</Nullable>
            <ImplicitUsings>enable</ImplicitUsings>
            <AnalysisMode>All</AnalysisMode>
            <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
            <EnforceCodeStyleInBuild>true</EnforceCodeStyleInBuild>
            <GenerateDocumentationFile>true</GenerateDocumentationFile>
            <!-- CA1515: records and stages of an app are public, so that its tests see them. -->
            <NoWarn>$(NoWarn);CA1515</NoWarn>
          </PropertyGroup>
          <ItemGroup>
            <PackageReference Include="Flowgen" Version="{version}" />
          </ItemGroup>
        </Project>
        """;

    private const string FeedFile = """
        <configuration>
          <packageSources>
            <add key="flowgen" value="{feed}" />
          </packageSources>
        </configuration>
        """;

    public StrictProject(PackageFeed feed)
    {
        Folder = Directory.CreateTempSubdirectory("flowgen-consumer-").FullName;
        Write("Consumer.csproj", ProjectFile.Replace("{version}", PackageFeed.Version, StringComparison.Ordinal));
        Write("nuget.config", FeedFile.Replace("{feed}", feed.Root, StringComparison.Ordinal));
        foreach (string file in Directory.GetFiles(Sources, "*.cs"))
            File.Copy(file, Path.Combine(Folder, Path.GetFileName(file)));
    }

    public string Folder { get; }

    private static string Sources => Path.Combine(AppContext.BaseDirectory, "Consumer");

    /// <summary>Adds a file that is not part of the project by default.</summary>
    public void AddSource(string name, string asFile) => File.Copy(Path.Combine(Sources, name), Path.Combine(Folder, asFile));

    public CliResult Dotnet(params string[] arguments) => DotnetCli.Run(Folder, Path.Combine(Folder, "packages"), arguments);

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(Folder, name), text);
}
