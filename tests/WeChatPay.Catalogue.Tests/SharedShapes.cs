namespace WeChatPay.Catalogue.Tests;

/// <summary>The shapes of <c>specs/models</c>, and files as they read with all of them written out: tests about fields need not know where a field is declared.</summary>
internal sealed class SharedShapes
{
    /// <summary>What the type name of a written out shape begins with; no C# name of its own has a dot.</summary>
    public const string Prefix = "Models.";

    private readonly Dictionary<string, SharedShape> _shapes;
    private readonly Dictionary<string, ObjectShape> _objects = new(StringComparer.Ordinal);

    public SharedShapes(IReadOnlyList<SpecFile> files)
    {
        _shapes = files.SelectMany(f => f.SharedShapes).ToDictionary(s => s.Name, StringComparer.Ordinal);
        foreach (var shape in files.SelectMany(f => SharedBases.Resolve(f, name => _shapes[name]).SharedShapes).Where(s => s.Enumeration is null))
        {
            _objects.Add(shape.Name, shape.Shape);
            AddOwned(shape.Shape.Members);
        }
    }

    /// <summary>As they are declared, without what they have from bases.</summary>
    public IEnumerable<SharedShape> All => _shapes.Values;

    /// <summary>The members that an answer or a notification has from its bases, by their wire names.</summary>
    public IReadOnlySet<string> Inherited(IEnumerable<string> bases) => bases.SelectMany(b => Inherited(_shapes[b].Shape.Bases).Concat(_shapes[b].Shape.Members.Select(m => m.WireName))).ToHashSet(StringComparer.Ordinal);

    public SpecFile WriteOut(SpecFile file)
    {
        file = SharedBases.Resolve(file, name => _shapes[name]);
        return file with
        {
            Operations = EquatableArray<Operation>.From(file.Operations.Select(o => o with
            {
                Query = WriteOut(o.Query),
                Headers = WriteOut(o.Headers),
                Body = o.Body with { Members = WriteOut(o.Body.Members) },
                Response = o.Response with { Members = WriteOut(o.Response.Members) },
            })),
            Notifications = EquatableArray<Notification>.From(file.Notifications.Select(n => n with
            {
                Resource = WriteOut(n.Resource),
                Variants = EquatableArray<NotificationVariant>.From(n.Variants.Select(v => v with { Shape = WriteOut(v.Shape) })),
            })),
        };
    }

    private EquatableArray<Member> WriteOut(EquatableArray<Member> members) => EquatableArray<Member>.From(members.Select(m => m with { Type = WriteOut(m.Type) }));

    private ObjectShape WriteOut(ObjectShape shape) => shape with { Members = WriteOut(shape.Members) };

    private TypeReference WriteOut(TypeReference type) => type switch
    {
        ListType list => new ListType(WriteOut(list.Element)),
        ObjectType own => new ObjectType(WriteOut(own.Shape)),
        SharedEnumerationType shared => new EnumerationType(_shapes[shared.Name].Enumeration!) { IsShared = true },
        SharedType shared => new ObjectType(WriteOut(_objects[shared.Name]) with { TypeName = Prefix + shared.Name }),
        _ => type,
    };

    private void AddOwned(IEnumerable<Member> members)
    {
        foreach (var member in members)
        {
            if ((member.Type is ListType list ? list.Element : member.Type) is not ObjectType owned) continue;
            _objects.Add(owned.Shape.TypeName, owned.Shape);
            AddOwned(owned.Shape.Members);
        }
    }
}
