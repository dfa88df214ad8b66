using System.Reflection;
using WeChatPay.PackTool;

const string Usage = """
    WeChatPay.PackTool rename <output folder> <assembly> …   renamed copies of the assemblies that ship beside the generator
    WeChatPay.PackTool families <families.json> <output file> writes the MSBuild file of the families
    """;

try
{
    switch (args)
    {
        case ["rename", var output, .. { Length: > 0 } assemblies]:
            var host = typeof(Program).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "SystemMemoryOfOldestHost").Value!;
            AssemblyRenamer.Rename(assemblies, output, host);
            return 0;
        case ["families", var input, var output]:
            File.WriteAllText(output, FamilyFile.Write(File.ReadAllText(input)));
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
