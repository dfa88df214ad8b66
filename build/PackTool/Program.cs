using System.Reflection;
using WeChatPay.PackTool;

const string Usage = """
    WeChatPay.PackTool rename <output folder> <file with a reference on each line> <assembly> …
        renamed copies of the assemblies that ship beside the generator
    WeChatPay.PackTool families <families.json> <MSBuild file> <page>
        the MSBuild file of the families, and the page about them
    """;

try
{
    switch (args)
    {
        case ["rename", var output, var references, .. { Length: > 0 } assemblies]:
            var host = typeof(Program).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "SystemMemoryOfOldestHost").Value!;
            AssemblyRenamer.Rename(assemblies, File.ReadAllLines(references), output, host);
            return 0;
        case ["families", var input, var output, var page]:
            File.WriteAllText(output, FamilyFile.Write(File.ReadAllText(input)));
            File.WriteAllText(page, FamilyPage.Write(File.ReadAllText(input)));
            return 0;
        default:
            Console.Error.WriteLine(Usage);
            return 2;
    }
}
catch (PackToolException exception)
{
    // The form that MSBuild turns into an error of the build.
    Console.Error.WriteLine($"PackTool : error : {exception.Message}");
    return 1;
}
