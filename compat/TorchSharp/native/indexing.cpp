#include "abi.h"

using namespace maml;

struct IndexValue {
    std::int64_t start;
    std::int64_t stop;
    std::int64_t step;
    Handle tensor;
    std::int32_t kind; // 0 none, 1 ellipsis, 2 integer (start), 3 boolean (start), 4 slice, 5 tensor
    std::int32_t given; // of a slice: 1 start, 2 stop, 4 step
};

namespace {

using at::indexing::TensorIndex;

TensorIndex index(const IndexValue& value)
{
    // A plain integer in old libtorchs, a symbolic one in newer.
    using Bound = Maybe<std::decay_t<decltype(std::declval<const at::indexing::Slice&>().start())>>;
    switch (value.kind) {
    case 0: return TensorIndex(at::indexing::None);
    case 1: return TensorIndex(at::indexing::Ellipsis);
    case 2: return TensorIndex(value.start);
    case 3: return TensorIndex(value.start != 0);
    case 5: return TensorIndex(*value.tensor);
    default: {
        Bound start, stop, step;
        if (value.given & 1) start = value.start;
        if (value.given & 2) stop = value.stop;
        if (value.given & 4) step = value.step;
        return TensorIndex(at::indexing::Slice(start, stop, step));
    }
    }
}

std::vector<TensorIndex> indices(const IndexValue* values, std::int64_t count)
{
    std::vector<TensorIndex> result;
    for (std::int64_t i = 0; i < count; ++i) result.push_back(index(values[i]));
    return result;
}

} // namespace

MAML_API Handle maml_index(Handle self, const IndexValue* values, std::int64_t count)
{
    return guarded([&] { return self->index(indices(values, count)); });
}

MAML_API Status maml_index_put_(Handle self, const IndexValue* values, std::int64_t count, Handle source)
{
    return guarded_status([&] { self->index_put_(indices(values, count), *source); });
}

MAML_API Handle maml_narrow(Handle self, std::int64_t dim, std::int64_t start, std::int64_t length)
{
    return guarded([&] { return self->narrow(dim, start, length); });
}

MAML_API Handle maml_select(Handle self, std::int64_t dim, std::int64_t position)
{
    return guarded([&] { return self->select(dim, position); });
}

MAML_API Handle maml_slice(Handle self, std::int64_t dim, std::int64_t start, std::int64_t finish, std::int64_t step)
{
    return guarded([&] { return self->slice(dim, start, finish, step); });
}

MAML_API Handle maml_index_select(Handle self, std::int64_t dim, Handle positions)
{
    return guarded([&] { return self->index_select(dim, *positions); });
}

MAML_API Handle maml_gather(Handle self, std::int64_t dim, Handle positions)
{
    return guarded([&] { return self->gather(dim, *positions); });
}

MAML_API Handle maml_scatter(Handle self, std::int64_t dim, Handle positions, Handle source)
{
    return guarded([&] { return self->scatter(dim, *positions, *source); });
}

MAML_API Handle maml_scatter_(Handle self, std::int64_t dim, Handle positions, Handle source)
{
    return guarded([&] { return self->scatter_(dim, *positions, *source); });
}

MAML_API Handle maml_scatter_add(Handle self, std::int64_t dim, Handle positions, Handle source)
{
    return guarded([&] { return self->scatter_add(dim, *positions, *source); });
}
