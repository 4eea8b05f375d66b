#include "abi.h"

using namespace maml;

#define MAML_RESIZE(NAME, CALL)                                                                          \
    MAML_API Handle maml_##NAME(Handle self, const std::int64_t* size, std::int64_t count)               \
    {                                                                                                    \
        return guarded([&] { return self->CALL(dims(size, count)); });                                   \
    }

MAML_RESIZE(reshape, reshape)
MAML_RESIZE(view, view)
MAML_RESIZE(expand, expand)
MAML_RESIZE(permute, permute)
MAML_RESIZE(repeat, repeat)
MAML_RESIZE(flip, flip)

MAML_API Handle maml_as_strided(
    Handle self, const std::int64_t* size, const std::int64_t* strides, std::int64_t count, std::int64_t offset)
{
    return guarded([&] { return self->as_strided(dims(size, count), dims(strides, count), offset); });
}

MAML_API Handle maml_flatten(Handle self, std::int64_t start, std::int64_t end)
{
    return guarded([&] { return self->flatten(start, end); });
}

MAML_API Handle maml_transpose(Handle self, std::int64_t dim0, std::int64_t dim1)
{
    return guarded([&] { return self->transpose(dim0, dim1); });
}

MAML_API Handle maml_t(Handle self) { return guarded([&] { return self->t(); }); }

MAML_API Handle maml_unsqueeze(Handle self, std::int64_t dim) { return guarded([&] { return self->unsqueeze(dim); }); }
MAML_API Handle maml_squeeze(Handle self) { return guarded([&] { return self->squeeze(); }); }
MAML_API Handle maml_squeeze_dim(Handle self, std::int64_t dim) { return guarded([&] { return self->squeeze(dim); }); }

MAML_API Handle maml_cat(const Handle* handles, std::int64_t count, std::int64_t dim)
{
    return guarded([&] { return at::cat(tensors(handles, count), dim); });
}

MAML_API Handle maml_stack(const Handle* handles, std::int64_t count, std::int64_t dim)
{
    return guarded([&] { return at::stack(tensors(handles, count), dim); });
}

// Hands out one handle after the other through `take`, so that nobody need know their number beforehand.
using Take = void (*)(void* context, Handle part);

MAML_API Status maml_split(
    Handle self, const std::int64_t* sizes, std::int64_t count, std::int64_t dim, Take take, void* context)
{
    return guarded_status([&] {
        for (auto& part : self->split_with_sizes(dims(sizes, count), dim)) take(context, new at::Tensor(std::move(part)));
    });
}

MAML_API Status maml_split_even(Handle self, std::int64_t size, std::int64_t dim, Take take, void* context)
{
    return guarded_status([&] {
        for (auto& part : self->split(size, dim)) take(context, new at::Tensor(std::move(part)));
    });
}

MAML_API Status maml_chunk(Handle self, std::int64_t chunks, std::int64_t dim, Take take, void* context)
{
    return guarded_status([&] {
        for (auto& part : self->chunk(chunks, dim)) take(context, new at::Tensor(std::move(part)));
    });
}

MAML_API Status maml_unbind(Handle self, std::int64_t dim, Take take, void* context)
{
    return guarded_status([&] {
        for (auto& part : self->unbind(dim)) take(context, new at::Tensor(std::move(part)));
    });
}
