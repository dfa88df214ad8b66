namespace WeChatPay.Specs.Diagnostics;

/// <summary>
/// Every kind of problem that reading one spec file can find: WXP0001 to WXP0099. An id keeps its meaning for
/// ever and is never used again; the next new one is the highest ever used plus one.
/// </summary>
public static class SpecDiagnostics
{
    // The file and its syntax.

    public static readonly SpecDiagnosticDescriptor Unexpected = Error(
        "WXP0001",
        "Syntax error in a spec",
        "Found {0}, expected {1}. {2}",
        "The declarations of a spec are TypeScript interfaces. The member that holds the error is left out; the rest of the file is read.");

    public static readonly SpecDiagnosticDescriptor Unterminated = Error(
        "WXP0002",
        "A string or comment is not closed",
        "The {0} that begins here is not closed; expected {1}",
        "Close it: strings end on their line, comments with */.");

    public static readonly SpecDiagnosticDescriptor StrangeCharacter = Error(
        "WXP0003",
        "A character that belongs nowhere",
        "Found '{0}' (U+{1}), which is no part of a declaration. {2}",
        "Full-width punctuation and invisible characters slip in by copying.");

    public static readonly SpecDiagnosticDescriptor TooDeep = Error(
        "WXP0004",
        "Nested too deeply",
        "This type is nested deeper than {0} levels. Take the inner part out into an interface of its own, or look for a missing closing bracket above.",
        "The limit protects the compiler that reads the file; the API's own types reach a depth of 6.");

    public static readonly SpecDiagnosticDescriptor UnclosedFence = Warning(
        "WXP0005",
        "A code fence is not closed",
        "The code fence that begins here is not closed. Add a line of ``` after the declarations.",
        "Markdown lets an open fence run through the prose below it, up to the end of the next fence or of the file.");

    public static readonly SpecDiagnosticDescriptor FrontMatter = Error(
        "WXP0006",
        "The front matter cannot be read",
        "The YAML front matter cannot be read: {0}",
        "Title, description and 'optionality' of the file are lost with it.");

    public static readonly SpecDiagnosticDescriptor Optionality = Warning(
        "WXP0007",
        "Unknown value of 'optionality'",
        "'optionality: {0}' is not known; expected 'declared'. All members of requests are taken as optional.",
        "'optionality: declared' says that the marks '?' of the file can be trusted, so that members without it become required.");

    public static readonly SpecDiagnosticDescriptor TooManyProblems = Info(
        "WXP0008",
        "Further problems are not shown",
        "{0} problems were found in this file; further ones are not shown. Mend the first ones: one missing bracket can cause many.",
        "");

    public static readonly SpecDiagnosticDescriptor Markdown = Error(
        "WXP0009",
        "The Markdown cannot be read",
        "The Markdown of this file cannot be read: {0}",
        "The file holds a spec, but prose around it that is too large or nested too deeply.");

    public static readonly SpecDiagnosticDescriptor Internal = Error(
        "WXP0010",
        "Internal error",
        "An error in the generator kept this file from being read; please report it with the file: {0}",
        "Other files are not affected.");

    // What is declared.

    public static readonly SpecDiagnosticDescriptor UnknownVerb = Error(
        "WXP0020",
        "Unknown verb",
        "'{0}' names no verb; expected GetHttpMethod, PostHttpMethod, PutHttpMethod, PatchHttpMethod or DeleteHttpMethod",
        "");

    public static readonly SpecDiagnosticDescriptor UnknownNamespace = Warning(
        "WXP0021",
        "The namespace declares nothing",
        "Nothing is made of namespace '{0}'; expected {1}",
        "Operations are 'WeChatPay.OpenAPI.V3.<Segments>.<Verb>HttpMethod', notifications 'WeChatPay.Webhook.V3.<Name>', shared shapes 'WeChatPay.Models'.");

    public static readonly SpecDiagnosticDescriptor BadPath = Error(
        "WXP0022",
        "The URL path cannot be built",
        "No URL path can be made of '{0}': {1}",
        "");

    public static readonly SpecDiagnosticDescriptor PlaceDiffers = Warning(
        "WXP0023",
        "The file's place differs from the URL path",
        "The namespace says '{0}', the place of the file says '{1}'. The namespace is used; move the file or mend the namespace.",
        "");

    public static readonly SpecDiagnosticDescriptor Duplicate = Warning(
        "WXP0024",
        "Declared twice",
        "'{0}' is declared twice in this file (also at {1}); the first declaration is used. Remove one.",
        "");

    public static readonly SpecDiagnosticDescriptor SameTypeName = Error(
        "WXP0025",
        "Two operations with one C# name",
        "'{0}' and '{1}' both yield the C# type '{2}' (also at {3}); only the first is generated. Remove one, or correct its path.",
        "");

    public static readonly SpecDiagnosticDescriptor Renamed = Info(
        "WXP0026",
        "A C# name was changed",
        "'{0}' would yield the C# name '{1}', which is taken; it is called '{2}'",
        "Names are given in the order of declaration.");

    public static readonly SpecDiagnosticDescriptor MisspeltInterface = Warning(
        "WXP0027",
        "An interface name that looks misspelt",
        "Interface '{0}' is not used; did you mean '{1}'?",
        "");

    // Types.

    public static readonly SpecDiagnosticDescriptor UnknownType = Warning(
        "WXP0030",
        "Unknown type",
        "Type '{0}' is not declared in this file; {1} is used instead. Declare it, or write what is meant.",
        "");

    public static readonly SpecDiagnosticDescriptor UnsupportedType = Warning(
        "WXP0031",
        "A type that has no C# form",
        "{0} has no C# form; raw JSON is used instead. {1}",
        "");

    public static readonly SpecDiagnosticDescriptor Recursive = Info(
        "WXP0032",
        "A type that holds itself",
        "'{0}' holds itself; raw JSON is used for the inner one. Write the type out as deep as it is needed.",
        "");

    public static readonly SpecDiagnosticDescriptor TooLarge = Error(
        "WXP0033",
        "Too many members",
        "This file yields more than {0} members; the rest is left out. Use fewer interfaces that hold each other.",
        "Interfaces are written out where they are used, so a few that hold each other twice can grow without bound.");

    public static readonly SpecDiagnosticDescriptor NoObject = Error(
        "WXP0034",
        "Not an object",
        "'{0}' must be an interface or an object type with members; found {1}",
        "");

    public static readonly SpecDiagnosticDescriptor DuplicateMember = Warning(
        "WXP0035",
        "A member is declared twice",
        "Member '{0}' is declared twice (also at {1}); the first declaration is used. Remove one.",
        "");

    public static readonly SpecDiagnosticDescriptor NotData = Info(
        "WXP0036",
        "A member that is no data",
        "'{0}' is a method or an index signature beside named members; it is left out. Write it as 'name: type', or remove it.",
        "");

    public static readonly SpecDiagnosticDescriptor NotEnumeration = Error(
        "WXP0037",
        "Not an enumeration",
        "'{0}' is no enumeration, so it yields no code. Write it as \"type {0} = 'A' | 'B'\", or move it to 'WeChatPay.Models' if it has members.",
        "'WeChatPay.Enumerations' holds unions of texts, which members of requests, answers and shapes name.");

    // Requests and answers.

    public static readonly SpecDiagnosticDescriptor MisplacedPathParameter = Warning(
        "WXP0040",
        "A path parameter among the query",
        "'{0}' is a parameter of the path, so it is not sent in the query. Move it from 'params' to 'RequestConfig'.",
        "");

    public static readonly SpecDiagnosticDescriptor MisplacedHeader = Warning(
        "WXP0041",
        "A header outside of 'headers'",
        "'{0}' is taken for a header. Move it into 'headers'.",
        "");

    public static readonly SpecDiagnosticDescriptor UnknownConfigMember = Warning(
        "WXP0042",
        "Unknown member of RequestConfig",
        "'{0}' is neither a parameter of the path '{1}' nor known; it is left out. Query members belong into 'params', headers into 'headers'.",
        "");

    public static readonly SpecDiagnosticDescriptor BodyWithGet = Warning(
        "WXP0043",
        "A GET with a body",
        "A GET carries no body; the members of '{0}' are left out. Move them to 'params' of RequestConfig.",
        "");

    public static readonly SpecDiagnosticDescriptor NothingEncrypted = Info(
        "WXP0044",
        "No member is marked as encrypted",
        "'Wechatpay-Serial' is declared, but no member is marked '@encrypted'. Mark the sensitive members, or encrypt them yourself with client.SensitiveData and set the header to the serial that it returns.",
        "WeChat Pay asks for this header where members are encrypted; unmarked members are sent as they are.");

    public static readonly SpecDiagnosticDescriptor Echo = Warning(
        "WXP0045",
        "'@echo' has no effect",
        "'@echo' on '{0}' has no effect: {1}",
        "'@echo' marks a top-level member of an answer that repeats the request's value of the same name.");

    public static readonly SpecDiagnosticDescriptor IdempotentBy = Warning(
        "WXP0046",
        "'@idempotentBy' names no input",
        "'@idempotentBy {0}' names no path parameter and no member of query, headers or body; the tag is ignored. Write the input's name as it is on the wire.",
        "");

    public static readonly SpecDiagnosticDescriptor UnknownFormat = Warning(
        "WXP0047",
        "Unknown '@format'",
        "'@format {0}' is not known or does not fit {1}; expected one of {2}",
        "");

    public static readonly SpecDiagnosticDescriptor BadTagValue = Warning(
        "WXP0048",
        "A tag with a wrong value",
        "'@{0} {1}' is ignored; expected {2}",
        "");

    public static readonly SpecDiagnosticDescriptor EncryptedNotText = Error(
        "WXP0049",
        "'@encrypted' on something else than text",
        "'@encrypted' on '{0}' cannot be kept, and the member would be sent as it is: only text of a body or query, and lists of it, can be encrypted. Mark the text inside of it.",
        "");

    public static readonly SpecDiagnosticDescriptor OptionalWithRequired = Info(
        "WXP0050",
        "An optional argument with required members",
        "The call marks '{0}' optional, but it holds the required member '{1}'; the request must be given. Mark the member optional too, or neither.",
        "");

    public static readonly SpecDiagnosticDescriptor BadLink = Info(
        "WXP0051",
        "A link that is no URL",
        "'{0}' is no http or https URL; the link is left out of the documentation. Correct how it begins.",
        "");

    public static readonly SpecDiagnosticDescriptor NotSupportedYet = Info(
        "WXP0052",
        "Not supported yet",
        "{0} not supported yet; nothing is generated here",
        "");

    public static readonly SpecDiagnosticDescriptor UnfitType = Warning(
        "WXP0053",
        "A type that cannot travel there",
        "'{0}' cannot travel in {1}; it is sent as text. Use text, numbers, booleans or a union of literals there.",
        "");

    public static readonly SpecDiagnosticDescriptor ListOfLists = Info(
        "WXP0066",
        "A list of lists",
        "'{0}' is a list of lists; each inner list is raw JSON. Nothing is lost, but its elements have no type.",
        "No interface of WeChat Pay has one today.");

    // Notifications.

    public static readonly SpecDiagnosticDescriptor NoEventType = Error(
        "WXP0060",
        "A notification without an event type",
        "Notification '{0}' names no event type; add the member event_type: 'TRANSACTION.SUCCESS' to its interface 'Notification'",
        "");

    public static readonly SpecDiagnosticDescriptor NoResource = Error(
        "WXP0061",
        "A notification without a resource",
        "Notification '{0}' declares no interface 'Resource'; add one with the members of the decrypted resource",
        "");

    public static readonly SpecDiagnosticDescriptor EventTypeDiffers = Warning(
        "WXP0062",
        "The file's name differs from the event type",
        "The notification says '{0}', the name of the file says '{1}'. {2} is used; rename the file or mend the event type.",
        "");

    public static readonly SpecDiagnosticDescriptor CompletedBySample = Info(
        "WXP0063",
        "A sample completes the typedef",
        "The typedef says {1} of '{0}'; the sample shows {2}, which is used. Complete the typedef.",
        "The typedef of a notification leads; where it is opaque, contradicted or incomplete, the sample beside it is used.");

    public static readonly SpecDiagnosticDescriptor MalformedTag = Warning(
        "WXP0064",
        "A malformed JSDoc member",
        "Found {0}, expected {1}. {2}",
        "Members of a typedef are '@prop {type} name'. What can be understood is used all the same.");

    public static readonly SpecDiagnosticDescriptor MalformedSample = Info(
        "WXP0065",
        "A malformed sample",
        "Found {0} in the sample, expected {1}; it is read all the same",
        "Samples are JSON or XML.");

    public static readonly SpecDiagnosticDescriptor ContentUnknown = Info(
        "WXP0067",
        "The content of a notification is not told",
        "Nothing tells what the notification '{0}' holds; its class has no members. Add a typedef 'PlainObject', or a sample of the decrypted content.",
        "The event is known, so that handlers can be registered for it.");

    private static SpecDiagnosticDescriptor Error(string id, string title, string message, string description)
        => new(id, title, message, SpecSeverity.Error) { Description = description };

    private static SpecDiagnosticDescriptor Warning(string id, string title, string message, string description)
        => new(id, title, message, SpecSeverity.Warning) { Description = description };

    private static SpecDiagnosticDescriptor Info(string id, string title, string message, string description)
        => new(id, title, message, SpecSeverity.Info) { Description = description };
}
