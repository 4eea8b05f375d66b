#include "abi.h"

#include <algorithm>

using namespace maml;

MAML_API void maml_free(Handle self) { delete self; }

MAML_API std::int32_t maml_shape(Handle self, std::int64_t* result, std::int32_t capacity)
{
    const auto sizes = self->sizes();
    if (static_cast<std::int32_t>(sizes.size()) <= capacity) std::copy(sizes.begin(), sizes.end(), result);
    return static_cast<std::int32_t>(sizes.size());
}

// Room for as many strides as maml_shape() counts dimensions.
MAML_API void maml_stride(Handle self, std::int64_t* result)
{
    const auto strides = self->strides();
    std::copy(strides.begin(), strides.end(), result);
}

MAML_API std::int64_t maml_numel(Handle self) { return self->numel(); }
MAML_API std::int32_t maml_dtype(Handle self) { return static_cast<std::int32_t>(self->scalar_type()); }
MAML_API std::int64_t maml_element_size(Handle self) { return static_cast<std::int64_t>(self->element_size()); }
MAML_API std::int32_t maml_is_contiguous(Handle self) { return self->is_contiguous(); }
MAML_API std::int32_t maml_is_leaf(Handle self) { return self->is_leaf(); }
MAML_API std::int32_t maml_requires_grad(Handle self) { return self->requires_grad(); }

MAML_API void maml_device(Handle self, std::int32_t* type, std::int32_t* index)
{
    const auto device = self->device();
    *type = static_cast<std::int32_t>(device.type());
    *index = device.index();
}

MAML_API Status maml_set_requires_grad(Handle self, std::int32_t value)
{
    return guarded_status([&] { self->set_requires_grad(value != 0); });
}

MAML_API Status maml_data(Handle self, void** result)
{
    return guarded_status([&] { *result = self->data_ptr(); });
}

MAML_API Status maml_item(Handle self, ScalarValue* result)
{
    return guarded_status([&] {
        const auto value = self->item();
        result->kind = value.isFloatingPoint() ? 0 : value.isBoolean() ? 2 : 1;
        result->real = value.toDouble();
        result->integer = value.isFloatingPoint() ? 0 : value.toLong();
    });
}

MAML_API Handle maml_detach(Handle self) { return guarded([&] { return self->detach(); }); }
MAML_API Handle maml_clone(Handle self) { return guarded([&] { return self->clone(); }); }
MAML_API Handle maml_alias(Handle self) { return guarded([&] { return self->alias(); }); }
MAML_API Handle maml_contiguous(Handle self) { return guarded([&] { return self->contiguous(); }); }

MAML_API Handle maml_to(Handle self, Options target, std::int32_t non_blocking, std::int32_t copy)
{
    return guarded([&] {
        auto options = self->options();
        if (target.dtype >= 0) options = options.dtype(dtype(target.dtype));
        if (target.device_type >= 0)
            options = options.device(tensor_options(target).device());
        return self->to(options, non_blocking != 0, copy != 0);
    });
}

MAML_API Handle maml_copy_(Handle self, Handle source, std::int32_t non_blocking)
{
    return guarded([&] { return self->copy_(*source, non_blocking != 0); });
}

MAML_API Handle maml_zero_(Handle self) { return guarded([&] { return self->zero_(); }); }

MAML_API Handle maml_fill_(Handle self, ScalarValue value)
{
    return guarded([&] { return self->fill_(scalar(value)); });
}
