namespace Flowgen.Package.Tests;

/// <summary>Tests that share the packed packages.</summary>
[CollectionDefinition(Name)]
public sealed class PackageCollection : ICollectionFixture<PackageFeed>
{
    /// <summary>Name of the collection.</summary>
    public const string Name = "packages";
}
