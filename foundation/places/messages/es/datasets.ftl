own-districts-title = Distritos de la ciudad
own-districts-notes = Los distritos vigentes, una fila por cada uno: código, nombre, superficie y un punto interior, para unirlos con los códigos de distrito de otras tablas. Sus límites están en /districts.geojson. Se rehace cada día.
own-districts-district = El código del distrito
own-districts-name = Cómo se llama
own-districts-area = Su superficie en kilómetros cuadrados
own-districts-lat = Grados norte de un punto interior
own-districts-long = Grados este de un punto interior
