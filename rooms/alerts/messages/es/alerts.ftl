door-alerts = Cerca de usted
subject-works = Obras
saying-works-announced = { $organisation } anunció las obras { $subject }.
saying-works-changed = { $organisation } cambió las obras { $subject }.
saying-works-called-off = { $organisation } canceló las obras { $subject }.
alerts-title = Qué pasa cerca de usted
alerts-lead = Entérese de los avisos nuevos, de lo que se ha arreglado y de las obras previstas: por correo, como canal o en su calendario. Sin cuenta.
alerts-form = Elegir una zona
alerts-district = Distrito
alerts-no-district = Ningún distrito elegido
alerts-circle = O alrededor de un lugar
alerts-map = El centro de su zona
alerts-map-keys = Las flechas mueven la marca, con Mayúsculas a pasos mayores; más y menos acercan y alejan. El tabulador sigue.
alerts-map-role = mapa con una marca
alerts-map-nowhere = Aún no hay marca. Pulse una flecha o Intro para ponerla en el centro del mapa.
alerts-here = Usar mi ubicación
alerts-here-failed = Su dispositivo no dijo dónde está. Haga clic en el mapa o escriba coordenadas.
alerts-lat = Latitud
alerts-long = Longitud
alerts-radius-label = Hasta qué distancia
alerts-metres = { $metres } m
alerts-show = Mostrar las novedades de allí
alerts-by-mail = Por correo electrónico
alerts-email-label = Su dirección de correo
alerts-email-hint = Primero enviamos un enlace para confirmarla. Cada correo lleva un enlace para darse de baja.
alerts-pace = Con qué frecuencia
alerts-pace-daily = Una vez al día, por la mañana, si hay novedades
alerts-pace-at-once = En cuanto haya novedades
alerts-button = Envíenme novedades
alerts-news = Novedades en el municipio
alerts-news-of = Novedades: { $area }
alerts-calendar = Calendario (.ics)
alerts-none = Sin novedades aquí
alerts-none-text = Aquí no empezó ni terminó nada en las últimas semanas.
alerts-area-district = { $district }
alerts-area-circle = { $metres } m alrededor de { $lat }; { $long }
alerts-what-began = Nuevo
alerts-what-changed = Cambios
alerts-what-ended = Terminado
alerts-feed-title = Novedades cerca: { $area }
alerts-promised = Final prometido: { $title }
alerts-mail-title = Sus novedades por correo
alerts-confirm = Sí, envíenme novedades
alerts-not = No, olviden mi dirección
alerts-change = Cambiar la frecuencia
alerts-leave = Dejar de recibir estos correos
flash-alerts-asked = Le hemos enviado un correo. Abra su enlace para confirmar.
flash-alerts-confirmed = Confirmado. Le avisaremos cuando pase algo aquí.
flash-alerts-changed = Cambiado.
flash-alerts-left = Terminado. Su dirección está olvidada.
alerts-mail-confirm-subject = Confirme, por favor: novedades de { $area }
alerts-mail-news-subject = { $area }: { $count } novedades
works-title = Obras previstas
works-lead = Qué hacen los servicios públicos en las calles y cuándo.
works-none = No hay obras anunciadas
works-none-text = Cuando un servicio público anuncie alguna, estará aquí, en el canal y en el calendario.
works-when = Del { $from } al { $until }
works-planned = Previstas
works-under-way = En curso
works-over = Terminadas
works-called-off = Canceladas
works-new = Anunciar obras
works-edit = Cambiar este anuncio
works-call-off = Cancelar estas obras
works-yours = Para su servicio
works-calendar = A mi calendario
works-facts = Datos
works-map-alt = Dónde está en el mapa
works-where = Lugar
works-where-hint = Como «Calle del Molino, del 2 al 18».
works-district = Distrito
works-or-district = Distrito, si no hay marca
works-agency = Servicio
works-listen = Enterarse de lo que pasa aquí
works-title-label = Qué se hace
works-title-hint = En una línea, como «Tuberías nuevas de agua».
works-from = Desde
works-until = Hasta
works-words = Qué deben saber los vecinos
works-words-hint = Opcional: carriles cortados, otros caminos, ruido, a quién preguntar.
works-button = Publicar
flash-works-announced = Las obras están anunciadas.
flash-works-changed = El anuncio está cambiado.
flash-works-called-off = Las obras están canceladas. Los calendarios lo muestran.
refusal-alerts-place = La latitud va de -90 a 90 y la longitud de -180 a 180; hacen falta las dos.
refusal-alerts-radius = Elija una de las distancias ofrecidas.
refusal-alerts-district = Aquí no existe ese distrito.
refusal-alerts-area = Elija un distrito o ponga una marca en el mapa.
refusal-alerts-email = Esto no es una dirección de correo. Escríbala como nombre@example.org.
refusal-alerts-many = Una dirección puede seguir { $most } zonas. Deje antes alguna, con el enlace de sus correos.
refusal-works-title = Diga qué se hace, en hasta { $most } caracteres.
refusal-works-text = Este texto pasa de { $most } caracteres o tiene alguno que no se puede mostrar.
refusal-works-place = Ponga una marca en el mapa o elija un distrito.
refusal-works-outside = Este lugar está a { $metres } metros del municipio.
refusal-works-moment = Elija un día y una hora.
refusal-works-order = El final debe ser después del comienzo.
refusal-works-over = Estas obras ya habrían terminado. Elija un final futuro.
refusal-works-long = Las obras empiezan y terminan en { $days } días.
refusal-works-organisation = Elija un servicio de la lista.
refusal-works-closed = Estas obras han terminado o están canceladas; no se pueden cambiar.
refusal-works-stale = Alguien cambió estas obras entretanto. Lo que escribió sigue aquí; mírelas y envíelo otra vez.
retention-alerts-unconfirmed = Direcciones que pidieron novedades de una zona y no lo confirmaron, tras pedirlo
retention-alerts-links = Enlaces de los correos con novedades de una zona, tras enviarlos
retention-alerts-news = Qué empezó o terminó dónde, como lo muestran los canales de zonas, tras ocurrir
alerts-mail-confirm-body =
    Alguien, probablemente usted, pidió novedades de: { $area }
    { $pace }

    Para recibirlas, abra este enlace y pulse el botón:
    { $link }

    Si no fue usted, no haga nada: su dirección se olvida en una semana.
alerts-mail-news-body =
    { $area }

    { $list }

    { $more ->
        [0] Todas las novedades de esta zona:
        [one] Hay una más, con todas las novedades de esta zona:
       *[other] Hay { $more } más, con todas las novedades de esta zona:
    }
    { $all }

    Cambiar la frecuencia o dejar de recibir estos correos:
    { $link }
