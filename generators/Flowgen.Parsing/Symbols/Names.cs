namespace Flowgen.Parsing;

/// <summary>Metadata names of the attributes, for <c>ForAttributeWithMetadataName</c>.</summary>
public static class Names
{
    public const string Namespace = "Flowgen";
    public const string StageAttribute = "Flowgen.StageAttribute";
    public const string TopicAttribute = "Flowgen.TopicAttribute";
    public const string StreamAttribute = "Flowgen.StreamAttribute";
    public const string FlowAppAttribute = "Flowgen.FlowAppAttribute";

    /// <summary>The generator; the paths of the files that it writes hold its name.</summary>
    public const string Generator = "Flowgen.Generators.FlowGenerator";
}
