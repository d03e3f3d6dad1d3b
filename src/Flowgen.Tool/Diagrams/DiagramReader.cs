using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Flowgen.Tool.Diagrams;

/// <summary>Reads the pictures of the apps of an assembly from its metadata. Nothing of the assembly is loaded or run.</summary>
internal static class DiagramReader
{
    private const string AttributeNamespace = "Flowgen.Runtime";
    private const string AttributeName = "TopologyAttribute";

    /// <param name="path">An assembly, or a folder of assemblies.</param>
    public static List<AppDiagram> Read(string path)
    {
        if (Directory.Exists(path))
            return [.. Directory.EnumerateFiles(path, "*.dll").Order(StringComparer.Ordinal).SelectMany(file => ReadAssembly(file) ?? [])];
        if (!File.Exists(path))
            throw new ToolException($"there is no file or folder '{path}': name the built assembly of an app, such as bin/Debug/net10.0/MyApp.dll");
        return ReadAssembly(path) ?? throw new ToolException($"'{path}' is not a .NET assembly: name the built assembly of an app, such as bin/Debug/net10.0/MyApp.dll");
    }

    private static List<AppDiagram>? ReadAssembly(string path)
    {
        using FileStream file = File.OpenRead(path);
        try
        {
            using var portable = new PEReader(file);
            return portable.HasMetadata ? ReadTypes(portable.GetMetadataReader()) : null;
        }
        catch (BadImageFormatException)
        {
            return null;
        }
    }

    private static List<AppDiagram> ReadTypes(MetadataReader metadata)
    {
        var diagrams = new List<AppDiagram>();
        foreach (CustomAttributeHandle handle in metadata.CustomAttributes)
        {
            CustomAttribute attribute = metadata.GetCustomAttribute(handle);
            if (IsTopology(metadata, attribute))
                diagrams.Add(ReadArguments(metadata, attribute));
        }

        return diagrams;
    }

    private static bool IsTopology(MetadataReader metadata, CustomAttribute attribute)
    {
        if (attribute.Constructor.Kind != HandleKind.MemberReference)
            return false;
        EntityHandle parent = metadata.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent;
        if (parent.Kind != HandleKind.TypeReference)
            return false;
        TypeReference type = metadata.GetTypeReference((TypeReferenceHandle)parent);
        return metadata.StringComparer.Equals(type.Name, AttributeName) && metadata.StringComparer.Equals(type.Namespace, AttributeNamespace);
    }

    private static AppDiagram ReadArguments(MetadataReader metadata, CustomAttribute attribute)
    {
        BlobReader blob = metadata.GetBlobReader(attribute.Value);
        const ushort Prolog = 1; // ECMA-335, II.23.3
        if (blob.ReadUInt16() != Prolog)
            throw new BadImageFormatException("not a custom attribute");
        return new AppDiagram(blob.ReadSerializedString() ?? "", blob.ReadSerializedString() ?? "");
    }
}
